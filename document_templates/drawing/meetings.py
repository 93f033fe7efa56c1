"""The papers of a meeting: notice with agenda, minutes, certificate of notice, certified extract."""

from __future__ import annotations

from document_templates.drawing.blocks import (
    Xml,
    chapter,
    each,
    formatted,
    heading,
    listed,
    paragraph,
    run,
    subtitle,
    title,
    when,
)
from document_templates.drawing.palette import NARROW
from document_templates.drawing.paper import Paper
from document_templates.drawing.tables import Column, fact, fact_if, facts, names, rows

_PERSON = "{{ person.name }}, {{ person.role }}{% if person.party %}, {{ person.party }}{% endif %}"
_PRESENT = _PERSON + "{% if person.remark %} ({{ person.remark }}){% endif %}"


def decision(phrase: str, clauses: str) -> Xml:
    """The decision, set apart: its phrase and its clauses."""
    return Xml(
        paragraph(f"{{{{ {phrase} }}}}", style="Beslut") + listed(f"clause in {clauses}", "{{ clause }}", "Att-sats")
    )


def granted(years: str, total: str) -> Xml:
    """What is granted year by year."""
    columns = (
        Column("År", "{{ each.year }}", 1, total="Summa"),
        Column("Belopp", "{{ each.amount }}", 1, number=True, total=f"{{{{ {total} }}}}"),
    )
    return rows("Beviljade belopp år för år", f"each in {years}", columns, width=NARROW)


def notice_of_meeting() -> Paper:
    """The notice with its agenda."""
    return Paper(
        name="Kallelse, {{ body }} {{ meeting_date }}",
        running="Kallelse, {{ body }} {{ meeting_date }}",
        register="register_number",
        address="association_address",
        body=(
            title("Kallelse"),
            subtitle("{{ body }}, {{ meeting_date }}"),
            _called(),
            chapter("contents", "Innehåll", _contents()),
            heading("Dagordning"),
            each("item in items", *_agenda_item()),
            chapter("information", "Informationsärenden", each("item in information", *_agenda_item())),
            chapter(
                "other_questions",
                "Övriga frågor",
                listed("question in other_questions", "{{ question }}", "ListBullet"),
            ),
            chapter(
                "attachments",
                "Bilagor",
                listed("attachment in attachments", "{{ attachment }}", "ListBullet"),
            ),
            chapter("commissions", "Uppdrag som väntar på redovisning", _commissions()),
            chapter("conditions", "Villkor för bidrag som väntar", _conditions()),
            heading("Avsändare"),
            paragraph(
                "Kallelsen är skickad den {{ sent_on }} av {{ sender_name }}"
                "{% if sender_title %}, {{ sender_title }}{% endif %}."
            ),
        ),
    )


def _called() -> Xml:
    return facts(
        "Sammanträdets uppgifter",
        fact("Dag och tid", "{{ meeting_date }}, {{ meeting_time }}"),
        fact("Plats", "{{ place }}"),
        fact_if("mode", "Deltagande", "{{ mode }}"),
        fact("Ledamöter", names("person in members", _PERSON)),
        fact_if("substitutes", "Ersättare", names("person in substitutes", _PERSON)),
        fact_if("others", "Övriga kallade", names("person in others", _PERSON)),
        fact("Förhinder", "Anmäl förhinder till {{ contact }}."),
    )


def _contents() -> Xml:
    columns = (
        Column("Punkt", "{{ line.number }}", 1),
        Column("Rubrik", "{{ line.heading }}", 6, below="{{ line.kind }}", below_if="line.kind"),
        Column("Bilaga", "{{ line.attachments }}", 1),
    )
    return rows("Punkterna på dagordningen och deras bilagor", "line in contents", columns)


def _commissions() -> Xml:
    columns = (
        Column("Uppdrag", "{{ line.what }}", 5, below="{{ line.responsible }}", below_if="line.responsible"),
        Column("Senast", "{{ line.due_on }}", 2, below="{{ line.state }}", below_if="line.state"),
    )
    return rows("Uppdrag som inte är redovisade", "line in commissions", columns)


def _conditions() -> Xml:
    columns = (
        Column("Villkor", "{{ line.text }}", 5, below="{{ line.matter }}", below_if="line.matter"),
        Column("Beviljat", "{{ line.granted_on }}", 2),
    )
    return rows("Villkor som inte är avgjorda", "line in conditions", columns)


def _agenda_item() -> tuple[Xml, ...]:
    matter = "{{ item.kind }}{% if item.register_number %}, ärende {{ item.register_number }}{% endif %}"
    return (
        paragraph("{{ item.number }}.\t{{ item.heading }}", style="Dagordningspunkt"),
        paragraph(matter, style="Ärendeuppgift"),
        formatted("item.background"),
        when("item.proposal_phrase", decision("item.proposal_phrase", "item.proposal")),
        when(
            "item.attachments",
            listed("attachment in item.attachments", "{{ attachment }}", "ListBullet"),
        ),
    )


def minutes() -> Paper:
    """The minutes, with the first page by itself."""
    return Paper(
        name="Protokoll, {{ body }} {{ meeting_date }}",
        running="Protokoll, {{ body }} {{ meeting_date }}, {{ item_range }}",
        register="register_number",
        address="association_address",
        mark="Utdragsbestyrkande",
        body=(
            title("Protokoll"),
            subtitle("{{ body }}, {{ meeting_date }}, {{ item_range }}"),
            facts(
                "Sammanträdets uppgifter",
                fact("Plats och tid", "{{ place_and_time }}"),
                fact("Beslutande", names("person in deciding", _PRESENT)),
                fact_if("non_serving", "Ej tjänstgörande ersättare", names("person in non_serving", _PRESENT)),
                fact_if("others", "Övriga deltagande", names("person in others", _PRESENT)),
                fact("Utses att justera", names("verifier in verifiers", "{{ verifier }}")),
                fact("Justeringens tid och plats", "{{ verification }}"),
                fact("Paragrafer", "{{ item_range }}"),
            ),
            heading("Underskrifter"),
            paragraph("Protokollet undertecknas elektroniskt av", keep_next=True),
            rows(
                "De som undertecknar",
                "signer in signers",
                (Column("Namn", "{{ signer.name }}"), Column("Roll", "{{ signer.role }}")),
            ),
            each(
                "item in items",
                # The first page stands by itself, so that it can be put up and copied alone.
                when("loop.first", _item_heading(page_break=True), otherwise=(_item_heading(),)),
                *_item(),
            ),
        ),
    )


def _item_heading(page_break: bool = False) -> Xml:
    number = run("{{ item.number }}", "Paragrafnummer")
    return paragraph(number, "\t{{ item.heading }}", style="Paragrafrubrik", page_break=page_break)


def _item() -> tuple[Xml, ...]:
    return (
        when("item.register_number", paragraph("Ärende {{ item.register_number }}", style="Ärendeuppgift")),
        listed("note in item.disqualified", "{{ note }}"),
        formatted("item.background"),
        when("item.phrase", heading("Beslut", 2), decision("item.phrase", "item.clauses")),
        when("item.grant_years", heading("Beviljade belopp", 2), granted("item.grant_years", "item.grant_total")),
        when(
            "item.conditions",
            heading("Villkor", 2),
            listed("condition in item.conditions", "{{ condition }}", "ListBullet"),
        ),
        when("item.notes", heading("Reservationer och anteckningar", 2), listed("note in item.notes", "{{ note }}")),
        when(
            "item.attachments",
            heading("Bilagor", 2),
            listed("attachment in item.attachments", "{{ attachment.label }}. {{ attachment.title }}", "ListBullet"),
        ),
    )


def certificate_of_notice() -> Paper:
    """The certificate that the minutes have been announced."""
    return Paper(
        name="Bevis om anslag, {{ body }} {{ meeting_date }}",
        running="Bevis om anslag, {{ body }} {{ meeting_date }}",
        register="register_number",
        body=(
            title("Bevis om anslag"),
            subtitle("{{ body }}, {{ meeting_date }}, {{ item_range }}"),
            paragraph(
                "Justeringen av protokollet har tillkännagetts på förbundets digitala anslagstavla och på de "
                "anslagstavlor som anges nedan.",
                style="Ingress",
            ),
            facts(
                "Anslagets uppgifter",
                fact("Organ", "{{ body }}"),
                fact("Sammanträdesdag", "{{ meeting_date }}"),
                fact("Paragrafer", "{{ item_range }}"),
                fact("Anslaget har satts upp", "{{ posted_on }}"),
                fact("Sista dag att överklaga", "{{ last_day_of_appeal }}"),
                fact("Anslaget tas ner tidigast", "{{ earliest_take_down }}"),
                fact("Protokollet förvaras", "{{ kept_at }}"),
            ),
            chapter(
                "boards",
                "Anslagstavlor",
                rows(
                    "Anslagstavlor och dagen då anslaget sattes upp",
                    "board in boards",
                    (Column("Anslagstavla", "{{ board.name }}", 3), Column("Uppsatt", "{{ board.posted_on }}", 2)),
                ),
            ),
            heading("Intygas"),
            paragraph("{{ signer_name }}{% if signer_title %}, {{ signer_title }}{% endif %}", style="Underskrift"),
        ),
    )


def certified_extract() -> Paper:
    """A certified extract of one §."""
    return Paper(
        name="Protokollsutdrag {{ item.number }}, {{ body }} {{ meeting_date }}",
        running="Protokollsutdrag {{ item.number }}, {{ body }} {{ meeting_date }}",
        register="item.register_number",
        address="association_address",
        body=(
            title("Protokollsutdrag"),
            subtitle("{{ body }}, {{ meeting_date }}, {{ item.number }}"),
            facts(
                "Sammanträdets uppgifter",
                fact("Plats och tid", "{{ place_and_time }}"),
                fact("Beslutande", names("person in deciding", _PRESENT)),
                fact_if("others", "Övriga närvarande", names("person in others", _PRESENT)),
                fact("Justerat", "{{ verified }}"),
            ),
            _item_heading(),
            *_item(),
            heading("Utdragsbestyrkande"),
            paragraph("Utdragets riktighet bestyrks den {{ certified_on }}.", keep_next=True),
            paragraph(
                "{{ certifier_name }}{% if certifier_title %}, {{ certifier_title }}{% endif %}", style="Underskrift"
            ),
        ),
    )
