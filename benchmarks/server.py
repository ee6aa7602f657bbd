"""The web server as `huiyin serve` starts it, and requests to it."""

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load import Job, Outcome
from huiyin.interfaces.commands.serve import child_environment, web_command

WORKERS, THREADS = 2, 4
START_SECONDS = 60


@dataclass(frozen=True)
class Measured:
    """Many requests of one kind: how many a second, how long the usual and the slow ones took."""

    requests: int
    per_second: float
    p50: float
    p95: float
    p99: float
    megabytes: float


class Server:
    """granian with two workers on a free port of this machine."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        command = [*web_command("127.0.0.1", self.port, WORKERS, THREADS)[:-1], "benchmarks.wsgi:application"]
        environment = {**child_environment(), "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
        self.process = subprocess.Popen(command, env=environment, start_new_session=True)
        self._wait()

    def _wait(self) -> None:
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        self.stop()
        raise RuntimeError("the web server did not open")

    def stop(self) -> None:
        """End the server and its workers."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()

    def worker_mib(self) -> float:
        """Resident memory of the largest web worker, in MiB."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return max((resident_mib(int(child)) for child in children), default=resident_mib(self.process.pid))

    def measure(
        self, requests: Sequence[bytes], *, clients: int, seconds: float, most: int = 1_000_000, expect: str
    ) -> Measured:
        """Send the requests round and round; any answer but the expected one spoils the measurement."""
        job = Job(
            port=self.port,
            clients=clients,
            seconds=seconds,
            most=most,
            requests=[base64.b64encode(request).decode() for request in requests],
        )
        command = [sys.executable, "-m", "benchmarks.load"]
        answer = subprocess.run(
            command, input=json.dumps(job).encode(), stdout=subprocess.PIPE, check=True, timeout=seconds + 60
        )
        return measured(json.loads(answer.stdout), expect)


def measured(outcome: Outcome, expect: str) -> Measured:
    """Sum an outcome up."""
    if set(outcome["statuses"]) != {expect}:
        raise RuntimeError(f"expected only {expect}, got {outcome['statuses']}")
    times = sorted(outcome["milliseconds"])
    return Measured(
        requests=len(times),
        per_second=len(times) / outcome["seconds"],
        p50=percentile(times, 50),
        p95=percentile(times, 95),
        p99=percentile(times, 99),
        megabytes=outcome["bytes"] / 1e6,
    )


def percentile(ordered: Sequence[float], share: int) -> float:
    """The value below which this share of the ordered values lies."""
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


def resident_mib(process_id: int) -> float:
    """What a process holds in memory now."""
    for line in Path(f"/proc/{process_id}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def get(path: str, headers: dict[str, str]) -> bytes:
    """A whole GET request."""
    return request("GET", path, headers)


def post(path: str, headers: dict[str, str], body: object) -> bytes:
    """A whole POST request with a JSON body."""
    content = json.dumps(body, ensure_ascii=False).encode()
    return request("POST", path, {**headers, "Content-Type": "application/json"}, content)


def request(method: str, path: str, headers: dict[str, str], content: bytes = b"") -> bytes:
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(content)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + content
