import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from tracker.actions import demo
from tracker.management.supervisor import (
    CannotRun,
    Supervisor,
    check_port_is_free,
    web_command,
    worker_command,
)


class Command(BaseCommand):
    help = "Set up what is missing, then run the web server and the worker until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--threads", type=int, default=4)
        parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        try:
            check_port_is_free(host, port)
            self._set_up(with_demo=not (options["no_demo"] or settings.HTTPS))
            self._run(host, port, threads=options["threads"])
        except CannotRun as error:
            raise CommandError(str(error)) from error

    def _set_up(self, *, with_demo: bool) -> None:
        call_command("compile_texts", verbosity=0)
        call_command("migrate", verbosity=0)
        self.check(tags=[Tags.database], databases=["default"])  # those of the settings have run by now
        call_command("buildframes", verbosity=0)
        collect_static_files()
        if with_demo and demo.load(now=timezone.now()):
            self.stdout.write("The demo clinic is loaded.")
        self.sign_ins = demo.sign_ins(now=timezone.now()) if with_demo else []
        connections.close_all()

    def _run(self, host: str, port: int, *, threads: int) -> None:
        address = f"http://{host}:{port}"
        supervisor = Supervisor(
            web=web_command(host, port, threads=threads),
            worker=worker_command(),
            host=host,
            port=port,
        )
        try:
            supervisor.start()
            if not supervisor.stopping:
                self._greet(f"http://localhost:{port}" if host == "127.0.0.1" else address)
            supervisor.watch()
        finally:
            supervisor.stop()
        self.stdout.write("Stopped.")

    def _greet(self, address: str) -> None:
        self.stdout.write(f"\nOnset is running at {address}   (Ctrl-C stops it)\n")
        if self.sign_ins:
            self.stdout.write(f"Staff sign in at {address}/accounts/login/ with password: {demo.PASSWORD}")
        for sign_in in self.sign_ins:
            way = address + sign_in.way if sign_in.way.startswith("/") else sign_in.way
            self.stdout.write(f"  {sign_in.who:<38} {way}")
        self.stdout.flush()


def collect_static_files() -> None:
    """Collect and compress the static files, unless none of them changed since the last time."""
    digest = hashlib.sha256()
    for file in sorted(path for path in (settings.BASE_DIR / "static").rglob("*") if path.is_file()):
        digest.update(f"{file}{file.stat().st_mtime_ns}{file.stat().st_size}".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest())
