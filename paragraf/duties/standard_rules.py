"""The rules that every association starts with. Rows of its own may end them or take their place (law 7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date

from paragraf.core.errors import N_
from paragraf.duties.models import Anchor, CalendarRule, DutyRule, Unit
from paragraf.duties.rules import Recipient

AGREEMENT_REVISION = "agreement_revision"
NOTICE_WINDOW = "notice_window"
MEETING = "meeting"
MINUTES_VERIFICATION = "minutes_verification"
NOTICE_POSTING = "notice_posting"
NOTICE_END = "notice_end"
COMMISSION = "commission"
GRANT_REPORT = "grant_report"
GRANT_END = "grant_end"
COMPLETION = "completion"
DECISION_FOLLOW_UP = "decision_follow_up"


@dataclass(frozen=True)
class StandardRule:
    """A rule before it belongs to an association; the fields are those of models.DutyRule."""

    key: str
    title: str
    source: str
    anchor: Anchor
    shift: int
    unit: Unit
    calendar_rule: CalendarRule
    recipients: tuple[Recipient, ...]
    remind_days: tuple[int, ...]
    event_sets_shift: bool = False


STANDARD_RULES = (
    StandardRule(
        key=AGREEMENT_REVISION,
        title=N_("Besluta om årlig revidering"),
        source=N_("Överenskommelsens villkor om årlig revidering"),
        anchor=Anchor.AGREEMENT_REVISION,
        # The day before the revision takes effect: a decision on the day itself would come too late.
        shift=-1,
        unit=Unit.DAYS,
        calendar_rule=CalendarRule.CONTRACT,
        recipients=(Recipient.BOARD_CHAIR, Recipient.SECRETARY),
        remind_days=(90, 30),
    ),
    StandardRule(
        key=NOTICE_WINDOW,
        title=N_("Meddela ändringar"),
        source=N_("Överenskommelsens villkor vid ändring"),
        anchor=Anchor.AGREEMENT_REVISION,
        # For an agreement that does not say: the shorter of the usual two and three months would come too late.
        shift=-3,
        unit=Unit.MONTHS,
        calendar_rule=CalendarRule.CONTRACT,
        recipients=(Recipient.BOARD_CHAIR, Recipient.CHAIR, Recipient.SECRETARY),
        remind_days=(30, 14, 3),
        event_sets_shift=True,
    ),
    StandardRule(
        key=MEETING,
        title=N_("Förbered sammanträde"),
        source=N_("Kallelsen till sammanträdet"),
        anchor=Anchor.MEETING,
        shift=0,
        unit=Unit.DAYS,
        calendar_rule=CalendarRule.CONTRACT,
        recipients=(Recipient.CHAIR, Recipient.SECRETARY),
        remind_days=(7, 1),
    ),
    StandardRule(
        key=MINUTES_VERIFICATION,
        title=N_("Justera protokoll"),
        source=N_("KL 5 kap. 69 § genom lag (2003:1210) 19 §: senast 14 dagar efter sammanträdet"),
        anchor=Anchor.MEETING_HELD,
        shift=14,
        unit=Unit.DAYS,
        calendar_rule=CalendarRule.STATUTE,
        recipients=(Recipient.CHAIR, Recipient.SECRETARY),
        remind_days=(7, 2),
    ),
    StandardRule(
        key=NOTICE_POSTING,
        title=N_("Tillkännage justering på anslagstavlan"),
        source=N_("KL 8 kap. 12 § genom lag (2003:1210) 19 §: senast andra dagen efter justeringen"),
        anchor=Anchor.MINUTES_VERIFIED,
        shift=2,
        unit=Unit.DAYS,
        calendar_rule=CalendarRule.STATUTE,
        recipients=(Recipient.SECRETARY,),
        remind_days=(1, 0),
    ),
    StandardRule(
        key=NOTICE_END,
        title=N_("Ta ner anslaget på övriga anslagstavlor"),
        source=N_(
            "KL 8 kap. 12 § genom lag (2003:1210) 19 §: anslaget sitter uppe tills tiden för överklagande är ute"
        ),
        anchor=Anchor.NOTICE_END,
        # Nothing happens by law if it stays up longer; it is told on the first day on which it may come down.
        shift=0,
        unit=Unit.DAYS,
        calendar_rule=CalendarRule.CONTRACT,
        recipients=(Recipient.SECRETARY,),
        remind_days=(0,),
    ),
    StandardRule(
        key=COMMISSION,
        title=N_("Redovisa uppdrag"),
        source=N_("Beslutet som gav uppdraget"),
        anchor=Anchor.COMMISSION,
        shift=0,
        unit=Unit.DAYS,
        calendar_rule=CalendarRule.CONTRACT,
        recipients=(Recipient.RESPONSIBLE,),
        remind_days=(30, 7, 0),
    ),
    StandardRule(
        key=GRANT_REPORT,
        title=N_("Följ upp rapport"),
        source=N_("Beslutet om bidraget"),
        anchor=Anchor.GRANT_REPORT,
        # Time to read it: the grantee has until the report's own day.
        shift=30,
        unit=Unit.DAYS,
        calendar_rule=CalendarRule.CONTRACT,
        recipients=(Recipient.SECRETARY,),
        remind_days=(29, 7, 0),
    ),
    StandardRule(
        key=GRANT_END,
        title=N_("Avsluta bidraget"),
        source=N_("Beslutet om bidraget"),
        anchor=Anchor.GRANT_END,
        # The final report is due three months after the end by the program's own proposal.
        shift=6,
        unit=Unit.MONTHS,
        calendar_rule=CalendarRule.CONTRACT,
        recipients=(Recipient.SECRETARY,),
        remind_days=(30, 7, 0),
    ),
    StandardRule(
        key=COMPLETION,
        title=N_("Komplettering ska ha kommit in"),
        source=N_("Begäran om komplettering"),
        anchor=Anchor.COMPLETION,
        shift=0,
        unit=Unit.DAYS,
        calendar_rule=CalendarRule.CONTRACT,
        recipients=(Recipient.SECRETARY,),
        # The day after: until then the office can do nothing but wait; the applicant is reminded before.
        remind_days=(-1,),
    ),
)

#: Taken up by an association with the first event of their kind, so that one that never has any is as it was.
RULES_AT_NEED = (
    StandardRule(
        key=DECISION_FOLLOW_UP,
        title=N_("Verkställ beslut"),
        source=N_("Beslutet i protokollet"),
        anchor=Anchor.DECISION_FOLLOW_UP,
        shift=0,
        unit=Unit.DAYS,
        calendar_rule=CalendarRule.CONTRACT,
        recipients=(Recipient.SECRETARY,),
        remind_days=(7, 1, 0),
    ),
)


def standard_rows(association_id: int, *, valid_from: date) -> Iterator[DutyRule]:
    """The standard rules as new rows of the association, in force from ``valid_from``."""
    return _rows(STANDARD_RULES, association_id, valid_from)


def rows_at_need(association_id: int, *, valid_from: date) -> Iterator[DutyRule]:
    """The rules that are taken up at need as new rows of the association, in force from ``valid_from``."""
    return _rows(RULES_AT_NEED, association_id, valid_from)


def _rows(rules: Iterable[StandardRule], association_id: int, valid_from: date) -> Iterator[DutyRule]:
    for rule in rules:
        values = asdict(rule) | {
            "recipients": [word.value for word in rule.recipients],
            "remind_days": list(rule.remind_days),
        }
        yield DutyRule(association_id=association_id, valid_from=valid_from, **values)
