"""What holds for a notice (anslag) on several boards: when the time for appeal runs, ends, and does not run at all.

Sources: kommunallagen (KL) 8:12, 13:5 by way of lag (2003:1210) 19 and 28 §§. Pure: the moment is an argument.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from paragraf.core.dates import statutory_deadline
from paragraf.core.errors import RuleBroken
from paragraf.minutes.rules import APPEAL_WEEKS


@dataclass(frozen=True)
class Posting:
    """A notice on one board, the latest time that it was put up there; ``posted_on`` None: it is not up there yet."""

    board: str
    posted_on: date | None
    taken_down_on: date | None = None
    refused_on: date | None = None


class PostingState(StrEnum):
    """How a notice stands on one board."""

    MISSING = "missing"
    REFUSED = "refused"
    UP = "up"
    DOWN = "down"
    #: Taken down before the time for appeal was out: the time does not run out (KL 13:5 3 st.).
    TOO_EARLY = "too_early"

    @property
    def stops_the_period(self) -> bool:
        """Whether the time for appeal does not run as long as the board stands so."""
        return self in (PostingState.MISSING, PostingState.REFUSED, PostingState.TOO_EARLY)


@dataclass(frozen=True)
class AppealPeriod:
    """The time for appeal, as one answer for all boards.

    The law says that the notice goes up on each board, not from which the time runs; the latest is the safe answer,
    as KL 13:5 has it for joint committees. While a board is ``missing``, has ``refused`` or took it down ``early``,
    the period does not run and there are no days.
    """

    missing: tuple[str, ...] = ()
    posted_on: date | None = None
    last_day: date | None = None
    earliest_take_down: date | None = None
    refused: tuple[str, ...] = ()
    early: tuple[str, ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether there is a last day to appeal."""
        return self.last_day is not None

    @property
    def lacking(self) -> tuple[str, ...]:
        """All boards on which something is to be done before the time can run."""
        return (*self.missing, *self.refused, *self.early)

    def is_over(self, today: date) -> bool:
        """Whether the notice may be taken down on the day."""
        return self.earliest_take_down is not None and today >= self.earliest_take_down

    def state_of(self, posting: Posting) -> PostingState:
        """How one of the period's postings stands."""
        if posting.refused_on is not None:
            return PostingState.REFUSED
        if posting.posted_on is None:
            return PostingState.MISSING
        if posting.taken_down_on is None:
            return PostingState.UP
        return PostingState.TOO_EARLY if posting.board in self.early else PostingState.DOWN


def appeal_period(postings: Sequence[Posting]) -> AppealPeriod:
    """Three weeks from the latest posting (KL 13:5), a statutory time, if the notice stayed up to its end everywhere.

    ``postings``: one a board, the latest time that it was put up there. A notice that came down before the end, or
    while another board still lacked it, leaves the period without days (KL 8:12 and 13:5 3 st.).
    """
    missing = tuple(one.board for one in postings if one.posted_on is None and one.refused_on is None)
    refused = tuple(one.board for one in postings if one.refused_on is not None)
    days = [one.posted_on for one in postings if one.posted_on is not None]
    whole = bool(days) and not missing and not refused
    last_day = statutory_deadline(max(days), weeks=APPEAL_WEEKS) if whole else None
    early = tuple(_down_by(postings, last_day))
    if last_day is None or early:
        return AppealPeriod(missing, refused=refused, early=early)
    return AppealPeriod((), max(days), last_day, last_day + timedelta(days=1))


def _down_by(postings: Iterable[Posting], last_day: date | None) -> Iterable[str]:
    for one in postings:
        if one.taken_down_on is not None and (last_day is None or one.taken_down_on <= last_day):
            yield one.board


def check_posting(posted_on: date, *, verified_on: date, today: date, not_before: date | None = None) -> None:
    """Raises RuleBroken for a day on which the notice cannot have been posted.

    ``not_before``: the day on which the board took it down or refused it the time before.
    """
    if posted_on < verified_on:
        raise RuleBroken(
            "Protokollet justerades %(day)s. Anslaget kan inte ha satts upp före det.",
            field="posted_on",
            day=verified_on,
        )
    if not_before is not None and posted_on < not_before:
        raise RuleBroken(
            "Anslaget kom bort från tavlan %(day)s. Det kan inte ha satts upp på nytt före det.",
            field="posted_on",
            day=not_before,
        )
    if posted_on > today:
        raise RuleBroken("Dagen har inte varit än. Anteckna den dag då anslaget sattes upp.", field="posted_on")


def check_take_down(period: AppealPeriod, down_on: date, *, today: date) -> None:
    """Raises RuleBroken for taking the notice down before the time for appeal is out (KL 8:12)."""
    if period.earliest_take_down is None:
        raise RuleBroken(
            "Tiden för överklagande löper inte: anslaget saknas hos %(boards)s. Låt det sitta uppe.",
            boards=", ".join(period.lacking),
        )
    if down_on < period.earliest_take_down:
        raise RuleBroken(
            "Anslaget ska sitta uppe till och med %(last)s. Ta ner det tidigast %(day)s.",
            field="taken_down_on",
            last=period.earliest_take_down - timedelta(days=1),
            day=period.earliest_take_down,
        )
    if down_on > today:
        raise RuleBroken("Dagen har inte varit än. Anteckna den dag då anslaget togs ner.", field="taken_down_on")


def check_early_take_down(posted_on: date, down_on: date, *, today: date) -> None:
    """Raises RuleBroken for a day on which a notice that was up since ``posted_on`` cannot have come down."""
    if down_on > today:
        raise RuleBroken("Dagen har inte varit än. Anteckna den dag då anslaget togs ner.", field="taken_down_on")
    if down_on < posted_on:
        raise RuleBroken(
            "Anslaget sattes upp %(day)s. Det kan inte ha tagits ner före det.", field="taken_down_on", day=posted_on
        )


def print_numbers(numbers: Sequence[int], period: str = "") -> str:
    """``§ 626``, ``§§ 626–628`` or, where some are left out, ``§§ 626–628 och 630``; "" for none. In order.

    ``period``: of a yearly series, as in ``§§ 3–5/2027``.
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    if not told:
        return ""
    told[-1] += f"/{period}" if period else ""
    sign = "§" if len(numbers) == 1 else "§§"
    return f"{sign} {', '.join(told[:-1])} och {told[-1]}" if len(told) > 1 else f"{sign} {told[0]}"
