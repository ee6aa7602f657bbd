"""`huiyin serve` watches over its children and says clearly what it cannot do."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from huiyin.interfaces.commands.serve import web_command

ROOT = Path(__file__).resolve().parent.parent.parent.parent
WATCH = """
import sys
from huiyin.interfaces.commands.serve import Household
port = int(sys.argv[1])
web = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
worker = [sys.executable, "-c", sys.argv[2]]
sys.exit(Household({"web": web, "worker": worker}, "127.0.0.1", port).keep())
"""


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def watch(port: int, worker: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WATCH, str(port), worker], stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"}, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def wait_for(path: Path, seconds: float = 20) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if path.exists() and path.read_text():
            return path.read_text()
        time.sleep(0.05)
    raise AssertionError(f"{path} was not written within {seconds} s")


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_busy_port_is_told_with_the_way_out():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        answer = subprocess.run(
            [sys.executable, "-m", "huiyin.interfaces.commands", "serve", "--check-port"],
            capture_output=True, text=True, timeout=60, env={**os.environ, "HUIYIN_PORT": str(port)},
        )  # fmt: skip
    assert answer.returncode == 1
    assert f"port {port}" in answer.stderr
    assert f"HUIYIN_PORT={port + 1}" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_free_port_is_accepted(port):
    command = [
        sys.executable,
        "-m",
        "huiyin.interfaces.commands",
        "serve",
        "--check-port",
        "--port",
        str(port),
    ]
    assert subprocess.run(command, timeout=60).returncode == 0


def test_stopping_ends_every_child(port, tmp_path):
    note = tmp_path / "worker"
    household = watch(
        port, f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    )
    worker = int(wait_for(note))
    assert household.stdout is not None
    assert any(f"http://127.0.0.1:{port}/desk/" in line for line in household.stdout)
    assert is_listening(port)
    household.send_signal(signal.SIGTERM)
    household.communicate(timeout=30)
    assert household.returncode == 0
    assert not is_listening(port)
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_a_fallen_worker_is_started_again(port, tmp_path):
    note = tmp_path / "starts"
    first = tmp_path / "first"
    household = watch(
        port,
        f"import pathlib, time; first = pathlib.Path({str(first)!r})\n"
        f"if first.exists(): pathlib.Path({str(note)!r}).write_text('again'); time.sleep(60)\n"
        "first.write_text('fell')",
    )
    try:
        assert wait_for(note) == "again"
    finally:
        household.send_signal(signal.SIGINT)
        household.communicate(timeout=30)


def test_a_web_server_that_cannot_start_ends_everything(tmp_path):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        port = holder.getsockname()[1]  # bound but not listening, so the web server fails on it
        household = watch(port, "import time; time.sleep(60)")
        output, _ = household.communicate(timeout=60)
    assert household.returncode == 1
    assert "ended before it was open" in output


def test_web_threads_outlive_a_quiet_hour_of_the_office():
    command = web_command("127.0.0.1", 8000, 2, 4)
    assert int(command[command.index("--blocking-threads-idle-timeout") + 1]) >= 600
