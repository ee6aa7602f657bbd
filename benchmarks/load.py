"""The load generator (施压): a process of its own, a fixed number of clients, each with one open connection.

Reads one JSON job from standard input and writes the latencies as JSON: nothing of the measured program is
imported here. It ends when its requests are used up or its time is over, whichever comes first.
"""

import asyncio
import base64
import json
import sys
import time
from itertools import count
from typing import TypedDict


class Job(TypedDict):
    """Where to knock, with how many hands, for how long, and with what (whole requests in base64)."""

    port: int
    clients: int
    seconds: float
    most: int
    requests: list[str]


class Outcome(TypedDict):
    """What came back."""

    seconds: float
    milliseconds: list[float]
    statuses: dict[str, int]
    bytes: int


async def answer(reader: asyncio.StreamReader) -> tuple[str, int]:
    """Read one response with a known length or in chunks; return its status and size."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = head[9:12]
    if "transfer-encoding: chunked" in head:
        size = 0
        while length := int(await reader.readline(), 16):
            await reader.readexactly(length + 2)
            size += length
        await reader.readline()
        return status, size
    place = head.find("content-length:")
    size = int(head[place + 15 :].split("\r\n", 1)[0]) if place >= 0 else 0
    await reader.readexactly(size)
    return status, size


async def client(job: Job, requests: list[bytes], turn: "count[int]", until: float, outcome: Outcome) -> None:
    """Send one request after the other over one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", job["port"], limit=2**22)
    while (number := next(turn)) < job["most"] and time.perf_counter() < until:
        start = time.perf_counter()
        writer.write(requests[number % len(requests)])
        status, size = await answer(reader)
        outcome["milliseconds"].append((time.perf_counter() - start) * 1000)
        outcome["statuses"][status] = outcome["statuses"].get(status, 0) + 1
        outcome["bytes"] += size
    writer.close()


async def run(job: Job) -> Outcome:
    """Let all clients work at once."""
    requests = [base64.b64decode(text) for text in job["requests"]]
    outcome = Outcome(seconds=0.0, milliseconds=[], statuses={}, bytes=0)
    start, turn = time.perf_counter(), count()
    until = start + job["seconds"]
    await asyncio.gather(*(client(job, requests, turn, until, outcome) for _ in range(job["clients"])))
    outcome["seconds"] = time.perf_counter() - start
    return outcome


if __name__ == "__main__":
    json.dump(asyncio.run(run(json.load(sys.stdin))), sys.stdout)
