from typing import Any

from django.core.management.base import BaseCommand

from tracker.management.compiling import compile_all


class Command(BaseCommand):
    help = "Compile the translations; does nothing where they are compiled already."
    requires_system_checks = []  # one of them asks for this command

    def handle(self, *args: Any, **options: Any) -> None:
        done = compile_all()
        if options["verbosity"]:
            self.stdout.write(f"Compiled: {', '.join(done)}." if done else "All translations are compiled.")
