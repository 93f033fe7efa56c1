"""Programs that the tests need and pip does not bring: skipped where missing, a failure in CI.

A test says what it needs with ``@pytest.mark.browser`` or ``@pytest.mark.office``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

# Marker -> what the test runs, each with the Debian package that brings it.
NEEDS = {
    "browser": {"chromium": "chromium"},
    "office": {
        "soffice": "libreoffice-writer-nogui",
        "pdftotext": "poppler-utils",
        "pdftoppm": "poppler-utils",
    },
}


def missing_packages(marker: str) -> list[str]:
    """Debian packages that a test so marked still needs on this machine, without repeats, in order."""
    missing = [package for program, package in NEEDS[marker].items() if shutil.which(program) is None]
    return list(dict.fromkeys(missing))


def skip_or_fail(packages: list[str]) -> None:
    """End the running test because ``packages`` are missing: a skip by hand, a failure where CI=true."""
    advice = f"this machine lacks {', '.join(packages)}: apt-get install {' '.join(packages)}"
    if os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(advice, pytrace=False)
    pytest.skip(advice)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture of a marked test is made, see that its programs are there."""
    missing = [package for marker in _needs_of(item) for package in missing_packages(marker)]
    if missing:
        skip_or_fail(missing)


def _needs_of(item: pytest.Item) -> Iterator[str]:
    return (marker for marker in NEEDS if item.get_closest_marker(marker) is not None)
