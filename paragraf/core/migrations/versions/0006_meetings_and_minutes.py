"""Meetings and minutes whole: bodies' rules, standing items, attachments, attendance by §, jäv, immediate verification.

Also delegated decisions, several §§ in an extract, public renditions, corrections, and notices that go up anew.
"""

import sqlalchemy as sa
from alembic import op

from paragraf.core.database import Json, UtcDateTime
from paragraf.core.guards import allow, only_added, refuse
from paragraf.core.migrating import RowsInTheWay
from paragraf.core.rebuilding import (
    add_check,
    add_columns,
    add_reference,
    add_unique,
    allow_words,
    change_check,
    drop_columns,
    drop_unique,
)

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = (
    "standard_phrase",
    "delegation_point",
    "standing_item",
    "delegated_decision",
    "excuse",
    "party_seats",
    "immediate_verification",
    "meeting_attachment",
    "notice_opened",
    "extract_recipient",
    "public_rendition",
    "correction",
    "extract_item",
    "item_basis",
    "recusal",
)
ONLY_ADDED = ("notice_opened", "extract_item", "extract_recipient", "correction")
VERBS_BEFORE = (
    "approve",
    "note",
    "grant",
    "reject",
    "appoint",
    "commission",
    "remit_back",
    "table",
    "adopt",
    "endorse",
    "other",
)
NEW_VERBS = ("statement", "delegate", "correct", "cancel_meeting")
PURPOSES_BEFORE = ("minutes", "application")
NEW_PURPOSES = ("immediate_verification",)
DOCUMENTS_BEFORE = (
    "application",
    "notice_of_meeting",
    "minutes",
    "certificate_of_notice",
    "certified_extract",
    "decision_letter",
    "agreement",
    "attachment",
    "completion_request",
    "report",
    "drawdown_claim",
    "funding_overview",
)
NEW_DOCUMENTS = ("delegated_decision", "earlier_minutes", "public_rendition")
ANCHORS_BEFORE = (
    "agreement_revision",
    "meeting",
    "meeting_held",
    "minutes_verified",
    "commission",
    "completion",
    "grant_report",
    "grant_end",
)
#: Standard rules from new events: they follow from the program, not from what anybody wrote.
NEW_RULES = ("notice_end", "decision_follow_up")
#: The rule that associations get which took up the standard rules before there was one (law 7).
NOTICE_END_RULE = {
    "key": "notice_end",
    "title": "Ta ner anslaget på övriga anslagstavlor",
    "source": "KL 8 kap. 12 § genom lag (2003:1210) 19 §: anslaget sitter uppe tills tiden för överklagande är ute",
    "anchor": "notice_end",
    "shift": 0,
    "unit": "days",
    "calendar_rule": "contract",
    "event_sets_shift": False,
    "recipients": ["secretary"],
    "remind_days": [0],
}
NEW_ANCHORS = ("notice_end", "delegated_decision", "decision_follow_up")
#: Where the new columns hold something that the older shape has no place for.
FILLED = {
    "rules of bodies that number by the year": "SELECT id FROM body_rule WHERE numbering = 'yearly' OR first_number <> 1",
    "bodies that have ended": "SELECT id FROM body WHERE ended_on IS NOT NULL",
    "agenda items that go on with others": (
        "SELECT id FROM agenda_item WHERE continues_id IS NOT NULL OR is_late OR source <> '' "
        "OR standing_item_id IS NOT NULL"
    ),
    "meetings opened and closed": (
        "SELECT id FROM meeting WHERE opened_at IS NOT NULL OR closed_at IS NOT NULL OR distance_note <> ''"
    ),
    "attendance by §": (
        "SELECT id FROM presence WHERE from_item_id IS NOT NULL OR until_item_id IS NOT NULL OR by_distance"
    ),
    "§§ with times": "SELECT id FROM minute_item WHERE begun_at IS NOT NULL OR led_by_id IS NOT NULL",
    "numbers taken ahead of an earlier meeting's": "SELECT id FROM minutes WHERE overtaking_reason IS NOT NULL",
    "minutes written elsewhere": "SELECT id FROM minutes WHERE imported_at IS NOT NULL",
    "decisions frozen anew": "SELECT id FROM decision WHERE edition > 1",
    "motions, votes and reservations": "SELECT id FROM minute_item_text WHERE CAST(proceedings AS VARCHAR) <> '{}'",
    "notices put up anew or refused": "SELECT id FROM notice_posting WHERE attempt > 1 OR refused_on IS NOT NULL",
    "decisions with new verbs": f"SELECT id FROM decision WHERE verb IN {NEW_VERBS}",
    "documents of new kinds": f"SELECT id FROM document WHERE kind IN {NEW_DOCUMENTS}",
    "rules of duties from new events": (
        f"SELECT id FROM duty_rule WHERE anchor IN {NEW_ANCHORS} AND key NOT IN {NEW_RULES}"
    ),
    "duties from new events": f"SELECT id FROM duty WHERE rule_key IN {NEW_RULES}",
    "rounds of immediate verification": "SELECT id FROM signature_round WHERE purpose = 'immediate_verification'",
    "extracts of several §§": "SELECT extract_id AS id FROM extract_item GROUP BY extract_id HAVING count(*) > 1",
    "attachments that are on no §": (
        "SELECT id FROM meeting_attachment WHERE id NOT IN (SELECT attachment_id FROM minute_item_attachment)"
    ),
}
#: Tables that hold what the older shape has in another way, so that they may be filled when going back.
CARRIED = ("extract_item", "meeting_attachment")


def upgrade() -> None:
    new_tables()
    widen_people()
    widen_meetings()
    widen_minutes()
    carry_attachments()
    carry_extracts()
    widen_notices()
    allow_words("decision", "verb", "verb", (*VERBS_BEFORE, *NEW_VERBS))
    allow_words("signature_round", "purpose", "round_purpose", (*PURPOSES_BEFORE, *NEW_PURPOSES))
    allow_words("document", "kind", "document_kind", (*DOCUMENTS_BEFORE, *NEW_DOCUMENTS))
    allow_words("duty_rule", "anchor", "anchor", (*ANCHORS_BEFORE, *NEW_ANCHORS))
    add_notice_end_rule()
    for table in ONLY_ADDED:
        only_added(table)
    guard_numbers()


def downgrade() -> None:
    new = " UNION ALL ".join(f"SELECT id FROM {table}" for table in TABLES if table not in CARRIED)
    for what, rows in {"rows of new kinds": new, **FILLED}.items():
        if op.get_bind().execute(sa.text(f"SELECT count(*) FROM ({rows}) AS kept")).scalar():
            raise RowsInTheWay(
                f"The database holds {what}, which the shape before migration 0006 has no place for. Nothing is "
                "changed. To go back, restore a backup from before the first of them."
            )
    allow("minute_item", "minute_item_number_kept")
    allow("number_allocation", "number_allocation_not_deleted")
    allow("number_allocation", "number_allocation_not_changed")
    op.execute(sa.text(f"DELETE FROM duty_rule WHERE key IN {NEW_RULES}"))
    allow_words("duty_rule", "anchor", "anchor", ANCHORS_BEFORE)
    allow_words("document", "kind", "document_kind", DOCUMENTS_BEFORE)
    allow_words("signature_round", "purpose", "round_purpose", PURPOSES_BEFORE)
    allow_words("decision", "verb", "verb", VERBS_BEFORE)
    narrow_notices()
    carry_extracts_back()
    carry_attachments_back()
    narrow_minutes()
    narrow_meetings()
    narrow_people()
    for table in reversed(TABLES):
        op.drop_table(table)


def add_notice_end_rule() -> None:
    """In force from the day of the association's first rule; one that has none never took the standard rules up."""
    plain = ("key", "title", "source", "anchor", "shift", "unit", "calendar_rule", "event_sets_shift", "association_id")
    rules = sa.table(
        "duty_rule",
        *map(sa.column, plain),
        sa.column("recipients", Json()),
        sa.column("remind_days", Json()),
        sa.column("valid_from", sa.Date()),
    )
    first = sa.select(rules.c.association_id, sa.func.min(rules.c.valid_from)).group_by(rules.c.association_id)
    rows = [
        {**NOTICE_END_RULE, "association_id": association_id, "valid_from": day}
        for association_id, day in op.get_bind().execute(first)
    ]
    if rows:
        op.bulk_insert(rules, rows)


def widen_people() -> None:
    add_columns("body", [sa.Column("ended_on", sa.Date(), nullable=True)])
    add_columns("person", [sa.Column("calendar_serial", sa.Integer(), nullable=False)], {"calendar_serial": "1"})
    add_columns(
        "body_rule",
        [
            sa.Column("vice_chairs", sa.Integer(), nullable=False),
            sa.Column("numbering", sa.String(length=40), nullable=False),
            sa.Column("first_number", sa.Integer(), nullable=False),
            sa.Column("substitute_order", sa.String(length=40), nullable=False),
        ],
        {
            "vice_chairs": "1",
            "numbering": "'continuous'",
            "first_number": "1",
            "substitute_order": "'same_member'",
        },
    )
    add_check("body_rule", "numbering", "numbering IN ('continuous', 'yearly')")
    add_check("body_rule", "substitute_order", "substitute_order IN ('same_member', 'calling_order')")
    add_check("body_rule", "sensible_chairs_and_number", "vice_chairs >= 0 AND first_number >= 1")


def narrow_people() -> None:
    drop_columns("body", ["ended_on"])
    drop_columns("person", ["calendar_serial"])
    drop_columns(
        "body_rule",
        ["vice_chairs", "numbering", "first_number", "substitute_order"],
        [
            "ck_body_rule_numbering",
            "ck_body_rule_substitute_order",
            "ck_body_rule_sensible_chairs_and_number",
        ],
    )


def widen_meetings() -> None:
    add_columns(
        "meeting",
        [
            sa.Column("opened_at", UtcDateTime(), nullable=True),
            sa.Column("closed_at", UtcDateTime(), nullable=True),
            sa.Column("distance_note", sa.String(length=500), nullable=False),
        ],
        {"distance_note": "''"},
    )
    add_check("meeting", "closes_after_opening", "closed_at IS NULL OR opened_at IS NULL OR closed_at > opened_at")
    add_columns(
        "agenda_item",
        [
            sa.Column("continues_id", sa.Integer(), nullable=True),
            sa.Column("is_late", sa.Boolean(), nullable=False),
            sa.Column("standing_item_id", sa.Integer(), nullable=True),
            sa.Column("source", sa.String(length=40), nullable=False),
            sa.Column("source_id", sa.Integer(), nullable=True),
        ],
        {"is_late": "false", "source": "''"},
    )
    add_reference("agenda_item", "continues_id", "agenda_item")
    add_reference("agenda_item", "standing_item_id", "standing_item")
    add_unique("agenda_item", "uq_agenda_item_meeting_id_standing_item_id", ["meeting_id", "standing_item_id"])
    add_columns(
        "presence",
        [
            sa.Column("from_item_id", sa.Integer(), nullable=True),
            sa.Column("until_item_id", sa.Integer(), nullable=True),
            sa.Column("from_timed", sa.Boolean(), nullable=False),
            sa.Column("until_timed", sa.Boolean(), nullable=False),
            sa.Column("by_distance", sa.Boolean(), nullable=False),
        ],
        {"from_timed": "true", "until_timed": "true", "by_distance": "false"},
    )
    add_reference("presence", "from_item_id", "minute_item")
    add_reference("presence", "until_item_id", "minute_item")


def narrow_meetings() -> None:
    drop_columns(
        "presence",
        ["from_item_id", "until_item_id", "from_timed", "until_timed", "by_distance"],
        ["fk_presence_from_item_id", "fk_presence_until_item_id"],
    )
    drop_columns(
        "agenda_item",
        ["continues_id", "is_late", "standing_item_id", "source", "source_id"],
        [
            "uq_agenda_item_meeting_id_standing_item_id",
            "fk_agenda_item_continues_id",
            "fk_agenda_item_standing_item_id",
        ],
    )
    drop_columns("meeting", ["opened_at", "closed_at", "distance_note"], ["ck_meeting_closes_after_opening"])


def guard_numbers() -> None:
    """A number that was taken stays what it is, and stays with its §; only that it is void may be noted (law 3)."""
    refuse("number_allocation", "UPDATE OF series_id, number, subject, allocated_at", "number_allocation_not_changed")
    refuse("number_allocation", "DELETE", "number_allocation_not_deleted")
    refuse(
        "minute_item",
        "UPDATE OF allocation_id",
        "minute_item_number_kept",
        when="OLD.allocation_id IS NOT NULL AND (NEW.allocation_id IS NULL OR NEW.allocation_id <> OLD.allocation_id)",
    )


def widen_minutes() -> None:
    add_columns(
        "minutes",
        [
            sa.Column("imported_at", UtcDateTime(), nullable=True),
            sa.Column("overtaking_reason", sa.String(length=300), nullable=True),
        ],
    )
    add_check("minutes", "imported_is_verified", "imported_at IS NULL OR verified_at IS NOT NULL")
    add_columns(
        "minute_item",
        [
            sa.Column("begun_at", UtcDateTime(), nullable=True),
            sa.Column("led_by_id", sa.Integer(), nullable=True),
            sa.Column("immediate_id", sa.Integer(), nullable=True),
            sa.Column("edition", sa.Integer(), nullable=False),
        ],
        {
            "edition": "(SELECT CASE WHEN minutes.fixed_at IS NULL THEN 0 ELSE 1 END FROM minutes "
            "WHERE minutes.id = minute_item.minutes_id)"
        },
    )
    add_reference("minute_item", "led_by_id", "person")
    add_reference("minute_item", "immediate_id", "immediate_verification")
    op.create_index(op.f("ix_minute_item_immediate_id"), "minute_item", ["immediate_id"], unique=False)
    add_columns("minute_item_text", [sa.Column("proceedings", Json(), nullable=False)], {"proceedings": "'{}'"})
    add_columns("decision", [sa.Column("edition", sa.Integer(), nullable=False)], {"edition": "1"})
    drop_unique("decision", "uq_decision_minute_item_id_position")
    add_unique("decision", "uq_decision_minute_item_id_edition_position", ["minute_item_id", "edition", "position"])


def narrow_minutes() -> None:
    drop_unique("decision", "uq_decision_minute_item_id_edition_position")
    add_unique("decision", "uq_decision_minute_item_id_position", ["minute_item_id", "position"])
    drop_columns("decision", ["edition"])
    drop_columns("minute_item_text", ["proceedings"])
    op.drop_index(op.f("ix_minute_item_immediate_id"), "minute_item")
    drop_columns(
        "minute_item",
        ["begun_at", "led_by_id", "immediate_id", "edition"],
        ["fk_minute_item_led_by_id", "fk_minute_item_immediate_id"],
    )
    drop_columns("minutes", ["imported_at", "overtaking_reason"], ["ck_minutes_imported_is_verified"])


def carry_attachments() -> None:
    """An attachment belongs to the meeting and keeps the number that it was printed with; the § points at it."""
    op.execute(
        "INSERT INTO meeting_attachment "
        "(association_id, meeting_id, agenda_item_id, position, number, title, document_id, removed_at) "
        "SELECT attached.association_id, minutes.meeting_id, NULL, attached.position, row_number() OVER ("
        "PARTITION BY minutes.meeting_id ORDER BY CASE WHEN item.removed_at IS NULL THEN 0 ELSE 1 END, item.position, "
        "attached.position, attached.id), attached.title, attached.document_id, NULL "
        "FROM minute_item_attachment AS attached JOIN minute_item AS item ON item.id = attached.minute_item_id "
        "JOIN minutes ON minutes.id = item.minutes_id"
    )
    add_columns(
        "minute_item_attachment",
        [sa.Column("attachment_id", sa.Integer(), nullable=False)],
        {
            "attachment_id": "(SELECT meeting_attachment.id FROM meeting_attachment "
            "WHERE meeting_attachment.document_id = minute_item_attachment.document_id)"
        },
    )
    drop_columns("minute_item_attachment", ["title", "document_id"], ["fk_minute_item_attachment_document_id"])
    add_reference("minute_item_attachment", "attachment_id", "meeting_attachment")
    add_unique(
        "minute_item_attachment",
        "uq_minute_item_attachment_minute_item_id_attachment_id",
        ["minute_item_id", "attachment_id"],
    )


def carry_attachments_back() -> None:
    of = "(SELECT meeting_attachment.{} FROM meeting_attachment WHERE meeting_attachment.id = "
    of += "minute_item_attachment.attachment_id)"
    add_columns(
        "minute_item_attachment",
        [
            sa.Column("title", sa.String(length=200), nullable=False),
            sa.Column("document_id", sa.Integer(), nullable=False),
        ],
        {"title": of.format("title"), "document_id": of.format("document_id")},
    )
    drop_unique("minute_item_attachment", "uq_minute_item_attachment_minute_item_id_attachment_id")
    drop_columns("minute_item_attachment", ["attachment_id"], ["fk_minute_item_attachment_attachment_id"])
    add_reference("minute_item_attachment", "document_id", "document")


def carry_extracts() -> None:
    """An extract may have several §§: each is a row of its own, and extracts are numbered within the minutes."""
    op.execute(
        "INSERT INTO extract_item (association_id, extract_id, minute_item_id, position) "
        "SELECT association_id, id, minute_item_id, 1 FROM certified_extract"
    )
    add_columns(
        "certified_extract",
        [sa.Column("minutes_id", sa.Integer(), nullable=False), sa.Column("version", sa.Integer(), nullable=False)],
        {
            "minutes_id": "(SELECT minute_item.minutes_id FROM minute_item "
            "WHERE minute_item.id = certified_extract.minute_item_id)",
            "version": "(SELECT count(*) FROM extract_item AS other JOIN minute_item AS its "
            "ON its.id = other.minute_item_id WHERE other.extract_id <= certified_extract.id AND its.minutes_id = "
            "(SELECT minute_item.minutes_id FROM minute_item "
            "WHERE minute_item.id = certified_extract.minute_item_id))",
        },
    )
    op.drop_index(op.f("ix_certified_extract_minute_item_id"), "certified_extract")
    drop_columns("certified_extract", ["minute_item_id"], ["fk_certified_extract_minute_item_id"])
    add_reference("certified_extract", "minutes_id", "minutes")
    add_unique("certified_extract", "uq_certified_extract_minutes_id_version", ["minutes_id", "version"])
    op.create_index(op.f("ix_certified_extract_minutes_id"), "certified_extract", ["minutes_id"], unique=False)


def carry_extracts_back() -> None:
    add_columns(
        "certified_extract",
        [sa.Column("minute_item_id", sa.Integer(), nullable=False)],
        {
            "minute_item_id": "(SELECT extract_item.minute_item_id FROM extract_item "
            "WHERE extract_item.extract_id = certified_extract.id)"
        },
    )
    op.drop_index(op.f("ix_certified_extract_minutes_id"), "certified_extract")
    drop_unique("certified_extract", "uq_certified_extract_minutes_id_version")
    drop_columns("certified_extract", ["minutes_id", "version"], ["fk_certified_extract_minutes_id"])
    add_reference("certified_extract", "minute_item_id", "minute_item")
    op.create_index(op.f("ix_certified_extract_minute_item_id"), "certified_extract", ["minute_item_id"], unique=False)


def widen_notices() -> None:
    add_columns("notice", [sa.Column("immediate_id", sa.Integer(), nullable=True)])
    drop_unique("notice", "uq_notice_minutes_id")
    add_reference("notice", "immediate_id", "immediate_verification")
    add_unique("notice", "uq_notice_immediate_id", ["immediate_id"])
    op.create_index(op.f("ix_notice_minutes_id"), "notice", ["minutes_id"], unique=False)
    op.create_index(
        "uq_notice_one_for_the_minutes",
        "notice",
        ["minutes_id"],
        unique=True,
        sqlite_where=sa.text("immediate_id IS NULL"),
        postgresql_where=sa.text("immediate_id IS NULL"),
    )
    add_columns(
        "notice_posting",
        [
            sa.Column("attempt", sa.Integer(), nullable=False),
            sa.Column("refused_on", sa.Date(), nullable=True),
            sa.Column("refuse_reason", sa.String(length=300), nullable=True),
        ],
        {"attempt": "1"},
    )
    drop_unique("notice_posting", "uq_notice_posting_notice_id_board_id")
    add_unique("notice_posting", "uq_notice_posting_notice_id_board_id_attempt", ["notice_id", "board_id", "attempt"])
    change_check("notice_posting", "down_after_up", "taken_down_on IS NULL OR taken_down_on >= posted_on")
    add_check("notice_posting", "refused_or_posted", "refused_on IS NULL OR posted_on IS NULL")
    add_check("notice_posting", "refused_with_reason", "(refused_on IS NULL) = (refuse_reason IS NULL)")


def narrow_notices() -> None:
    change_check("notice_posting", "down_after_up", "taken_down_on IS NULL OR taken_down_on > posted_on")
    drop_unique("notice_posting", "uq_notice_posting_notice_id_board_id_attempt")
    add_unique("notice_posting", "uq_notice_posting_notice_id_board_id", ["notice_id", "board_id"])
    drop_columns(
        "notice_posting",
        ["attempt", "refused_on", "refuse_reason"],
        ["ck_notice_posting_refused_or_posted", "ck_notice_posting_refused_with_reason"],
    )
    op.drop_index("uq_notice_one_for_the_minutes", "notice")
    op.drop_index(op.f("ix_notice_minutes_id"), "notice")
    drop_unique("notice", "uq_notice_immediate_id")
    drop_columns("notice", ["immediate_id"], ["fk_notice_immediate_id"])
    add_unique("notice", "uq_notice_minutes_id", ["minutes_id"])


def new_tables() -> None:
    """Tables that only this shape has."""
    op.create_table(
        "standard_phrase",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_standard_phrase_association_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_phrase")),
    )
    op.create_index(op.f("ix_standard_phrase_association_id"), "standard_phrase", ["association_id"], unique=False)
    op.create_table(
        "delegation_point",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("matters", sa.String(length=500), nullable=False),
        sa.Column("delegate", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_delegation_point_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_delegation_point_association_id")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_delegation_point_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation_point")),
        sa.UniqueConstraint(
            "body_id", "number", "valid_from", name=op.f("uq_delegation_point_body_id_number_valid_from")
        ),
    )
    op.create_index(op.f("ix_delegation_point_association_id"), "delegation_point", ["association_id"], unique=False)
    op.create_index(op.f("ix_delegation_point_body_id"), "delegation_point", ["body_id"], unique=False)
    op.create_table(
        "standing_item",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "decision",
                "information",
                "report",
                "question",
                name="item_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("heading", sa.String(length=300), nullable=False),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_standing_item_association_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_standing_item_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_item")),
    )
    op.create_index(op.f("ix_standing_item_association_id"), "standing_item", ["association_id"], unique=False)
    op.create_index(op.f("ix_standing_item_body_id"), "standing_item", ["body_id"], unique=False)
    op.create_table(
        "delegated_decision",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("told_in_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_delegated_decision_association_id")
        ),
        sa.ForeignKeyConstraint(["told_in_id"], ["agenda_item.id"], name=op.f("fk_delegated_decision_told_in_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_delegated_decision_decided_by_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_delegated_decision_document_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_delegated_decision_matter_id")),
        sa.ForeignKeyConstraint(["point_id"], ["delegation_point.id"], name=op.f("fk_delegated_decision_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegated_decision")),
        sa.UniqueConstraint(
            "association_id", "year", "number", name=op.f("uq_delegated_decision_association_id_year_number")
        ),
    )
    op.create_index(
        op.f("ix_delegated_decision_association_id"), "delegated_decision", ["association_id"], unique=False
    )
    op.create_index(op.f("ix_delegated_decision_point_id"), "delegated_decision", ["point_id"], unique=False)
    op.create_table(
        "excuse",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_excuse_association_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_excuse_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_excuse_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excuse")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_excuse_meeting_id_person_id")),
    )
    op.create_index(op.f("ix_excuse_association_id"), "excuse", ["association_id"], unique=False)
    op.create_index(op.f("ix_excuse_meeting_id"), "excuse", ["meeting_id"], unique=False)
    op.create_table(
        "party_seats",
        sa.Column("body_rule_id", sa.Integer(), nullable=False),
        sa.Column("member_organisation_id", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("substitutes", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "members >= 0 AND substitutes >= 0 AND members + substitutes > 0", name=op.f("ck_party_seats_some_seat")
        ),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_party_seats_association_id")),
        sa.ForeignKeyConstraint(["body_rule_id"], ["body_rule.id"], name=op.f("fk_party_seats_body_rule_id")),
        sa.ForeignKeyConstraint(
            ["member_organisation_id"], ["member_organisation.id"], name=op.f("fk_party_seats_member_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_seats")),
        sa.UniqueConstraint(
            "body_rule_id", "member_organisation_id", name=op.f("uq_party_seats_body_rule_id_member_organisation_id")
        ),
    )
    op.create_index(op.f("ix_party_seats_association_id"), "party_seats", ["association_id"], unique=False)
    op.create_index(op.f("ix_party_seats_body_rule_id"), "party_seats", ["body_rule_id"], unique=False)
    op.create_table(
        "immediate_verification",
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("fixed_at", UtcDateTime(), nullable=False),
        sa.Column("took_part", Json(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("verified_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "document_id IS NULL OR fixed_at IS NOT NULL", name=op.f("ck_immediate_verification_fixed_before_sent")
        ),
        sa.CheckConstraint(
            "verified_at IS NULL OR document_id IS NOT NULL",
            name=op.f("ck_immediate_verification_sent_before_verified"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_immediate_verification_association_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_immediate_verification_document_id")),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("fk_immediate_verification_minutes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_immediate_verification")),
    )
    op.create_index(
        op.f("ix_immediate_verification_association_id"), "immediate_verification", ["association_id"], unique=False
    )
    op.create_index(
        op.f("ix_immediate_verification_minutes_id"), "immediate_verification", ["minutes_id"], unique=False
    )
    op.create_table(
        "meeting_attachment",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("number IS NULL OR number > 0", name=op.f("ck_meeting_attachment_numbered_from_one")),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_meeting_attachment_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_meeting_attachment_association_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_meeting_attachment_document_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_attachment_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_attachment")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_meeting_attachment_meeting_id_number")),
    )
    op.create_index(
        op.f("ix_meeting_attachment_agenda_item_id"), "meeting_attachment", ["agenda_item_id"], unique=False
    )
    op.create_index(
        op.f("ix_meeting_attachment_association_id"), "meeting_attachment", ["association_id"], unique=False
    )
    op.create_index(op.f("ix_meeting_attachment_meeting_id"), "meeting_attachment", ["meeting_id"], unique=False)
    op.create_table(
        "notice_opened",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_notice_opened_association_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice_of_meeting.id"], name=op.f("fk_notice_opened_notice_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_opened_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_opened")),
        sa.UniqueConstraint("notice_id", "person_id", name=op.f("uq_notice_opened_notice_id_person_id")),
    )
    op.create_index(op.f("ix_notice_opened_association_id"), "notice_opened", ["association_id"], unique=False)
    op.create_index(op.f("ix_notice_opened_notice_id"), "notice_opened", ["notice_id"], unique=False)
    op.create_table(
        "extract_recipient",
        sa.Column("extract_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("sent_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_extract_recipient_association_id")
        ),
        sa.ForeignKeyConstraint(["extract_id"], ["certified_extract.id"], name=op.f("fk_extract_recipient_extract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extract_recipient")),
        sa.UniqueConstraint("extract_id", "email", name=op.f("uq_extract_recipient_extract_id_email")),
    )
    op.create_index(op.f("ix_extract_recipient_association_id"), "extract_recipient", ["association_id"], unique=False)
    op.create_index(op.f("ix_extract_recipient_extract_id"), "extract_recipient", ["extract_id"], unique=False)
    op.create_table(
        "public_rendition",
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("immediate_id", sa.Integer(), nullable=True),
        sa.Column("screenings", Json(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdraw_reason", sa.String(length=300), nullable=False),
        sa.Column("withdraw_with_notice", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR published_at IS NOT NULL",
            name=op.f("ck_public_rendition_published_before_withdrawn"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_public_rendition_association_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_public_rendition_document_id")),
        sa.ForeignKeyConstraint(
            ["immediate_id"], ["immediate_verification.id"], name=op.f("fk_public_rendition_immediate_id")
        ),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("fk_public_rendition_minutes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_rendition")),
    )
    op.create_index(op.f("ix_public_rendition_association_id"), "public_rendition", ["association_id"], unique=False)
    op.create_index(op.f("ix_public_rendition_minutes_id"), "public_rendition", ["minutes_id"], unique=False)
    op.create_table(
        "correction",
        sa.Column("corrected_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_correction_association_id")),
        sa.ForeignKeyConstraint(["by_id"], ["minute_item.id"], name=op.f("fk_correction_by_id")),
        sa.ForeignKeyConstraint(["corrected_id"], ["minute_item.id"], name=op.f("fk_correction_corrected_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("corrected_id", "by_id", name=op.f("uq_correction_corrected_id_by_id")),
    )
    op.create_index(op.f("ix_correction_association_id"), "correction", ["association_id"], unique=False)
    op.create_index(op.f("ix_correction_by_id"), "correction", ["by_id"], unique=False)
    op.create_index(op.f("ix_correction_corrected_id"), "correction", ["corrected_id"], unique=False)
    op.create_table(
        "extract_item",
        sa.Column("extract_id", sa.Integer(), nullable=False),
        sa.Column("minute_item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_extract_item_association_id")),
        sa.ForeignKeyConstraint(["extract_id"], ["certified_extract.id"], name=op.f("fk_extract_item_extract_id")),
        sa.ForeignKeyConstraint(["minute_item_id"], ["minute_item.id"], name=op.f("fk_extract_item_minute_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extract_item")),
        sa.UniqueConstraint("extract_id", "minute_item_id", name=op.f("uq_extract_item_extract_id_minute_item_id")),
    )
    op.create_index(op.f("ix_extract_item_association_id"), "extract_item", ["association_id"], unique=False)
    op.create_index(op.f("ix_extract_item_extract_id"), "extract_item", ["extract_id"], unique=False)
    op.create_index(op.f("ix_extract_item_minute_item_id"), "extract_item", ["minute_item_id"], unique=False)
    op.create_table(
        "item_basis",
        sa.Column("minute_item_id", sa.Integer(), nullable=False),
        sa.Column("is_substantive", sa.Boolean(), nullable=False),
        sa.Column("needs_analysis_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_item_basis_association_id")),
        sa.ForeignKeyConstraint(["minute_item_id"], ["minute_item.id"], name=op.f("fk_item_basis_minute_item_id")),
        sa.ForeignKeyConstraint(["needs_analysis_id"], ["matter.id"], name=op.f("fk_item_basis_needs_analysis_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_basis")),
        sa.UniqueConstraint("minute_item_id", name=op.f("uq_item_basis_minute_item_id")),
    )
    op.create_index(op.f("ix_item_basis_association_id"), "item_basis", ["association_id"], unique=False)
    op.create_table(
        "recusal",
        sa.Column("minute_item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "own_interest",
                "representative",
                "agent",
                "supervision",
                "other",
                name="recusal_ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["association_id"], ["association.id"], name=op.f("fk_recusal_association_id")),
        sa.ForeignKeyConstraint(["minute_item_id"], ["minute_item.id"], name=op.f("fk_recusal_minute_item_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recusal_person_id")),
        sa.ForeignKeyConstraint(["substitute_id"], ["person.id"], name=op.f("fk_recusal_substitute_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
        sa.UniqueConstraint("minute_item_id", "person_id", name=op.f("uq_recusal_minute_item_id_person_id")),
    )
    op.create_index(op.f("ix_recusal_association_id"), "recusal", ["association_id"], unique=False)
    op.create_index(op.f("ix_recusal_minute_item_id"), "recusal", ["minute_item_id"], unique=False)
