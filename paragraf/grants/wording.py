"""What the kinds of this room are called, in Swedish: a source for translation, and what is printed on paper."""

from __future__ import annotations

from paragraf.core.errors import N_
from paragraf.grants.models import RemainderKind, ReportKind

REPORT_NAMES = {
    ReportKind.STATUS: N_("Lägesrapport"),
    ReportKind.TERTIAL: N_("Tertialrapport"),
    ReportKind.YEAR: N_("Årsrapport"),
    ReportKind.FINAL: N_("Slutrapport"),
}
REMAINDER_NAMES = {
    RemainderKind.RETURNED: N_("Återbetalat"),
    RemainderKind.CARRIED_OVER: N_("Överfört till ett senare år"),
    RemainderKind.RELEASED: N_("Frisläppt"),
}


def report_name(kind: ReportKind) -> str:
    """What the kind of report is called."""
    return REPORT_NAMES[kind]
