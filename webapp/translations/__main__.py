"""``make texts``: bring the English catalogue in step with the texts of the program."""

from __future__ import annotations

import sys

from webapp.translations.catalogue import English, lacking, read, write
from webapp.translations.sources import ROOT, Messages, Source, sources


def main() -> int:
    """Take in new texts, take out old ones, and tell which lack English; 1 where one does or cannot be found."""
    known = read()
    english = {source: known.get(source, _nothing(source)) for source in sources()}
    write(english)
    without = lacking(english, english)
    told = sorted(f"no English: {source}" for source in without)
    told += [f"mark its text with N_: {place}" for place in Messages.under(ROOT).hidden()]
    sys.stdout.writelines(f"{line}\n" for line in [*told, f"{len(english)} texts, {len(without)} without English"])
    return 1 if told else 0


def _nothing(source: Source) -> English:
    return "" if isinstance(source, str) else ("", "")


if __name__ == "__main__":
    sys.exit(main())
