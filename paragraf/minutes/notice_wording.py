"""A notice in words, for its feed. What is announced is Swedish, whoever reads it."""

from __future__ import annotations

from paragraf.core.printing import print_date
from paragraf.minutes.notice_queries import Shown


def summary(one: Shown, kept_at: str) -> str:
    """When it was verified, until when it can be appealed, and where the minutes are kept (KL 8:12)."""
    told = [f"Justerat den {print_date(one.verified_on)}."]
    if one.period.last_day:
        told.append(f"Sista dag att överklaga: {print_date(one.period.last_day)}.")
    else:
        told.append("Tiden för överklagande löper inte än.")
    if one.down_since:
        told.append(f"Anslaget togs ner den {print_date(one.down_since)}.")
    if kept_at:
        told.append(f"Protokollet förvaras: {kept_at}.")
    return " ".join(told)
