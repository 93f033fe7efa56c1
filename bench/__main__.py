"""``python -m bench [group …]``: run all benchmarks, or those of some groups; one line each on standard output.

Ends with 1 when something could not be measured, after saying on standard error what is missing.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys

from bench import groups
from bench.harness import CannotMeasureError, benchmarks_of, run


def main() -> int:
    """Parse the command line, measure, print; returns the exit status."""
    every = sorted(module.name for module in pkgutil.iter_modules(groups.__path__))
    parser = argparse.ArgumentParser(prog="python -m bench", description="Ratios, ours ÷ reference; smaller is better.")
    parser.add_argument("group", nargs="*", help=f"one of: {', '.join(every)}")
    chosen = parser.parse_args().group or every
    if unknown := set(chosen) - set(every):
        parser.error(f"no group {', '.join(sorted(unknown))}; there are {', '.join(every)}")
    # A list, so that every group is tried even after one has failed.
    return max([_measure(group) for group in chosen])


def _measure(group: str) -> int:
    status = 0
    importlib.import_module(f"bench.groups.{group}")
    for name, function in benchmarks_of(group):
        try:
            print(run(name, function), flush=True)
        except CannotMeasureError as missing:
            print(f"{name} could not be measured: {missing}", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
