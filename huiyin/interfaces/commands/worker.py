"""`huiyin worker`: background work from the database queue, and the work of each day (后台任务).

Any number of workers on any number of machines may run; the database decides who takes a task.
"""

import logging
import threading
from datetime import timedelta

from django.core.management import call_command
from django.db import close_old_connections, connections
from django.utils import timezone

from huiyin.interfaces.jobs.daily import DAILY

logger = logging.getLogger("huiyin.worker")
POLL_SECONDS = 2.0
ROUND = timedelta(minutes=10)


def run() -> None:
    stop = threading.Event()
    daily = threading.Thread(target=keep_days, args=(stop,), name="daily", daemon=True)
    daily.start()
    try:
        call_command("db_worker", queue_name="*", interval=POLL_SECONDS, startup_delay=False, verbosity=0)
    finally:
        stop.set()
        daily.join(timeout=10)


def keep_days(stop: threading.Event) -> None:
    """Run every daily job at the start and every few minutes; a job knows itself what is left to do."""
    while not stop.is_set():
        for job in DAILY:
            close_old_connections()
            try:
                job.run(timezone.now())
            except Exception:
                # One failing job must not keep the others from running; it is tried again in the next round.
                logger.exception("The daily job %r failed", job.name)
        connections.close_all()
        stop.wait(ROUND.total_seconds())
