import os
import re
import signal
import socket
import urllib.request
from pathlib import Path

import pytest


def read_until(process, pattern: str) -> str:
    seen = ""
    for line in process.stdout:
        seen += line
        if re.search(pattern, line):
            return seen
    raise AssertionError(f"It ended before saying {pattern!r}:\n{seen}")


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()


def test_one_command_sets_up_loads_the_demo_answers_and_stops_on_ctrl_c(start, free_port):
    process = start("manage.py", "serve", "--port", str(free_port))
    greeting = read_until(process, r"study day \d\d")
    assert f"http://localhost:{free_port}" in greeting
    assert "clinician@demo.example" in greeting and "/join/#" in greeting
    assert get(f"http://127.0.0.1:{free_port}/readyz") == "ready\n"
    assert "Sign in" in get(f"http://127.0.0.1:{free_port}/")
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    assert process.returncode == 0, rest
    assert rest.rstrip().endswith("Stopped.")
    with pytest.raises(OSError):
        get(f"http://127.0.0.1:{free_port}/readyz")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to find the worker")
def test_a_worker_that_dies_is_started_again_and_the_pages_go_on(installed, start, free_port):
    process = start("manage.py", "serve", "--port", str(free_port), "--no-demo")
    read_until(process, "Onset is running")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    worker = next(pid for pid in children if "celery" in Path(f"/proc/{pid}/cmdline").read_text())
    os.killpg(int(worker), signal.SIGKILL)
    read_until(process, "starts again")
    assert get(f"http://127.0.0.1:{free_port}/readyz") == "ready\n"
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 0


def test_a_port_in_use_is_said_in_one_sentence_before_anything_is_set_up(manage, environment, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = manage("serve", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port}" in done.stderr and "make run PORT=" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "var" / "onset.sqlite3").exists()


def test_an_unwritable_data_folder_is_said_in_one_sentence(manage, tmp_path):
    (tmp_path / "file").write_text("")
    done = manage("check", ONSET_DATA_DIR=str(tmp_path / "file" / "var"))
    assert done.returncode != 0
    assert "cannot make the folder" in done.stderr.splitlines()[-1]


def test_it_starts_where_every_page_insists_on_https_and_on_a_public_name(installed, start, free_port):
    process = start(
        "manage.py", "serve", "--port", str(free_port), ONSET_HTTPS="true", ONSET_HOSTS="diary.example"
    )
    greeting = read_until(process, "Onset is running")
    assert "demo" not in greeting
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 0
