"""A real PostgreSQL for a run of benchmarks: the one that the tests use, stopped when the run ends."""

from __future__ import annotations

import atexit
import functools
import itertools
import shutil
import tempfile
from pathlib import Path

from bench.harness import CannotMeasureError

_numbers = itertools.count(1)


@functools.cache
def _cluster():  # type: ignore[no-untyped-def]  # its class comes with the test parts, which may not be installed
    try:
        from tests.parts.postgres import Cluster
    except ImportError as missing:
        raise CannotMeasureError(f"PostgreSQL comes with the tests' parts: make test ({missing.name})") from None
    # Not in the folder of the other databases: PostgreSQL runs as somebody else, who may not look into that.
    home = Path(tempfile.mkdtemp(prefix="pg"))
    home.chmod(0o755)
    cluster = Cluster(home)
    cluster.start()
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    atexit.register(cluster.stop)
    return cluster


def database() -> str:
    """The address of a new, empty database."""
    address: str = _cluster().create(f"bench{next(_numbers)}")
    return address
