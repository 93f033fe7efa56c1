"""``python -m scheduler``: the clock as a process of its own, until SIGTERM or SIGINT (Ctrl-C)."""

from __future__ import annotations

import logging
import signal
import sys
from queue import Empty, SimpleQueue

# The rows of every room, so that relations between them resolve.
import paragraf.all_models  # noqa: F401
from paragraf.core.database import Database
from paragraf.core.settings import SettingsFault, load
from paragraf.post.transports import Transport, transport_for
from paragraf.word.pdf.making import close_office
from scheduler import standing

logger = logging.getLogger("scheduler")


class Signals:
    """Hears SIGTERM and SIGINT. A handler may take no lock; to put into a SimpleQueue is what it safely can do."""

    def __init__(self) -> None:
        self._heard: SimpleQueue[int] = SimpleQueue()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda heard, _frame: self._heard.put(heard))

    def wait(self, seconds: float | None = None) -> bool:
        """Whether a signal came within ``seconds`` (None: however long it takes)."""
        try:
            self._heard.get(timeout=seconds)
        except Empty:
            return False
        return True


def main() -> int:
    """Run until asked to stop; the exit status."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    # It would tell of each run, and of each time that a long job was not run beside itself.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    signals = Signals()
    try:
        settings = load()
        transport = transport_for(settings)
    except SettingsFault as fault:
        logger.error("%s", fault)
        return 2
    database = Database(settings)
    try:
        if standing.wait_until_ready(database, signals.wait):
            _run(database, transport, signals)
    finally:
        close_office()
        database.dispose()
    logger.info("stopped")
    return 0


def _run(database: Database, transport: Transport | None, signals: Signals) -> None:
    if transport is None:
        logger.warning("PARAGRAF_SMTP_URL is not set: letters stay in the outbox")
    clockwork = standing.build(database, transport)
    clockwork.start()
    logger.info("running")
    signals.wait()
    logger.info("stopping when the jobs that are running have ended")
    clockwork.shutdown(wait=True)


if __name__ == "__main__":
    sys.exit(main())
