"""What the list of reminders prints: text only, formatted already. Empty texts and tuples leave their place out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from paragraf.word.fields import Says


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One thing that is due."""

    day: Annotated[str, Says("Sista dag", "30 november")]
    what: Annotated[str, Says("Vad som ska göras", "Fastställa budget för 2027")]
    source: Annotated[
        str, Says("Varför: lag, överenskommelse eller beslut", "Lag (2003:1210) om finansiell samordning")
    ]
    who: Annotated[str, Says("Den som ska göra det", "styrelsen")]
    status: Annotated[str, Says("Läget i ord", "9 dagar kvar")]
    recommended_day: Annotated[str, Says("Rekommenderad dag, när den är en annan", "26 november")] = ""


@dataclass(frozen=True, slots=True)
class MonthLines:
    """A month with what is due in it."""

    name: Annotated[str, Says("Månadens namn, eller ”Försenat”", "November 2026")]
    duties: Annotated[tuple[DutyLine, ...], Says("Det som ska göras, i dagordning")]


@dataclass(frozen=True, slots=True)
class ReminderListFields:
    """What is due in a period, month by month."""

    association: Annotated[str, Says("Förbundets namn", "Samordningsförbundet Norrsund")]
    period: Annotated[str, Says("Perioden", "1 september–31 december 2026")]
    made_on: Annotated[str, Says("Dagen då listan gjordes", "1 september 2026")]
    addressee: Annotated[str, Says("Den som listan är gjord för; tom när den gäller alla", "Tove Sundin, sekreterare")]
    summary: Annotated[str, Says("Läget i en mening", "Tolv saker att göra, varav en är försenad.")]
    months: Annotated[tuple[MonthLines, ...], Says("Månaderna i ordning")]
