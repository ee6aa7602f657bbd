"""`huiyin serve`: the web server and, beside it, the background worker (启动服务).

This process only watches over its two children and needs no Django itself: granian answers the requests,
`huiyin worker` does what may take longer. A child that dies is started again.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console

console = Console(highlight=False)
POLL_SECONDS = 0.5
PATIENCE_SECONDS = 15.0
APPLICATION = "huiyin.config.wsgi:application"


def run(
    host: Annotated[
        str, typer.Option(envvar="HUIYIN_HOST", help="Address; 0.0.0.0 for every network.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(envvar="HUIYIN_PORT", min=1, max=65535, help="Port to listen on.")
    ] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Web processes; one for each processor is usual.")] = 2,
    threads: Annotated[int, typer.Option(min=1, help="Threads of each web process.")] = 4,
    background: Annotated[
        bool, typer.Option("--background/--no-background", help="Also run the background worker.")
    ] = True,
    check_port: Annotated[
        bool, typer.Option("--check-port", help="Only look whether the port is free.")
    ] = False,
) -> None:
    refuse_busy_port(host, port)
    if check_port:
        return
    refuse_unsafe_production()
    commands = {"web": web_command(host, port, workers, threads)}
    if background:
        commands["worker"] = [sys.executable, "-m", "huiyin.interfaces.commands", "worker"]
    raise SystemExit(Household(commands, host, port).keep())


def refuse_busy_port(host: str, port: int) -> None:
    """Say in one sentence that the port is taken, instead of a trace from the server."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            reason = problem.strerror or str(problem)
            raise SystemExit(
                f"huiyin: port {port} on {host} cannot be used ({reason}). "
                f"Stop the program that holds it, or take another one: HUIYIN_PORT={port + 1} make run"
            ) from problem


def refuse_unsafe_production() -> None:
    """Let the self-check look first where a real office is served; it names what is unsafe."""
    if not os.environ.get("HUIYIN_PRODUCTION"):
        return
    command = [sys.executable, "-m", "huiyin.interfaces.commands", "check", "--deploy", "--if-production"]
    if subprocess.run(command).returncode:
        raise SystemExit(1)


def web_command(host: str, port: int, workers: int, threads: int) -> list[str]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", str(threads), "--no-ws"]
    # Threads keep their database connection, so they must not be thrown away when it is quiet for a moment.
    command += ["--blocking-threads-idle-timeout", "600", "--respawn-failed-workers"]
    return [*command, "--log-level", "warning", APPLICATION]


def child_environment() -> dict[str, str]:
    """The environment of the children: unbuffered, and few pools of memory for many threads."""
    return {**os.environ, "PYTHONUNBUFFERED": "1", "MALLOC_ARENA_MAX": "2"}


class Household:
    """The children of `huiyin serve` and what happens when one of them leaves."""

    def __init__(self, commands: dict[str, list[str]], host: str, port: int) -> None:
        self.commands = commands
        self.host, self.port = host, port
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.falls: dict[str, int] = {}
        self.due: dict[str, float] = {}
        self.is_stopping = False

    def keep(self) -> int:
        """Start all, wait for the end, stop all; return the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        for name in self.commands:
            self.start(name)
        is_open = self.wait_until_open()
        if is_open:
            self.greet()
        while is_open and not self.is_stopping:
            self.restart_the_dead()
            time.sleep(POLL_SECONDS)
        self.end_children()
        return 0 if is_open or self.is_stopping else 1

    def start(self, name: str) -> None:
        # A group of its own: Ctrl-C reaches this process only, which then ends its children in order.
        self.children[name] = subprocess.Popen(
            self.commands[name], start_new_session=True, env=child_environment()
        )

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.is_stopping = True

    def wait_until_open(self) -> bool:
        """Wait until the web server answers on its port, or has given up."""
        give_up = time.monotonic() + 4 * PATIENCE_SECONDS
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        while time.monotonic() < give_up and not self.is_stopping:
            if self.children["web"].poll() is not None:
                console.print("[red]The web server ended before it was open; its message stands above.[/red]")
                return False
            try:
                socket.create_connection((host, self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return True
        return False

    def greet(self) -> None:
        name = f"[{self.host}]" if ":" in self.host else self.host
        for what, path in (("portal 公众门户", "/"), ("desk 工作台", "/desk/")):
            console.print(
                f"Huiyin is open: {what}  [bold]http://{name}:{self.port}{path}[/bold]", soft_wrap=True
            )
        console.print("Ctrl-C stops it.")

    def restart_the_dead(self) -> None:
        for name, child in list(self.children.items()):
            code = child.poll()
            if code is None or self.is_stopping:
                continue
            if name not in self.due:
                self.falls[name] = self.falls.get(name, 0) + 1
                wait = min(60.0, 2.0 ** self.falls[name])
                self.due[name] = time.monotonic() + wait
                console.print(
                    f"[yellow]The {name} process ended with code {code}; next start in {wait:.0f} s.[/yellow]"
                )
            elif time.monotonic() >= self.due[name]:
                del self.due[name]
                self.start(name)

    def end_children(self) -> None:
        for child in self.children.values():
            child.terminate()
        give_up = time.monotonic() + PATIENCE_SECONDS
        for child in self.children.values():
            try:
                child.wait(timeout=max(0.1, give_up - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
