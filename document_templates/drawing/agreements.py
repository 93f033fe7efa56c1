"""The agreement and what follows from it: yearly appendix, staffing table, notice of change."""

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
from document_templates.drawing.palette import FULL
from document_templates.drawing.paper import Paper
from document_templates.drawing.tables import Column, fact, fact_if, facts, names, rows


def agreement() -> Paper:
    """The agreement in one wording; its sections are numbered by Word."""
    return Paper(
        name="{{ name }}, {{ wording }}",
        running="{{ name }} · {{ wording }}",
        register="register_number",
        body=(
            title("{{ name }}"),
            subtitle("{{ wording }}"),
            facts(
                "Överenskommelsens uppgifter",
                fact("Parter", names("party in parties", _PARTY)),
                fact("Gäller", "{{ in_force }}"),
            ),
            each("section in sections", _section("{{ section.heading }}"), formatted("section.text")),
            when("goals", _section("Mål"), _goals()),
            when(
                "commitments",
                _section("Parternas åtaganden"),
                each(
                    "commitment in commitments",
                    paragraph("{{ commitment.party }}", style="Avsnitt2"),
                    formatted("commitment.text"),
                ),
            ),
            when("change_rules", _section("Villkor vid ändring"), formatted("change_rules")),
            when("termination", _section("Giltighet och uppsägning"), formatted("termination")),
            when("appendices", _section("Bilagor"), _appendices()),
            _section("Underskrifter"),
            when(
                "originals",
                paragraph(
                    "Överenskommelsen är upprättad i {{ originals }} likalydande exemplar. Varje part har tagit sitt.",
                ),
                otherwise=(paragraph("Överenskommelsen undertecknas elektroniskt."),),
            ),
            when("signatures", _signatures()),
            when("appendices", paragraph("Bilagorna hör till överenskommelsen.", style="Litentext")),
        ),
    )


_PARTY = (
    "{{ party.name }}{% if party.org_number %}, {{ party.org_number }}{% endif %}"
    "{% if party.address %}, {{ party.address }}{% endif %}"
)


_MARKED = Xml(run("{{ row.party }}") + run("{% if row.mark %} {{ row.mark }}{% endif %}", "FootnoteReference"))


def _section(text: str) -> Xml:
    return paragraph(text, style="Avsnitt")


def _goals() -> Xml:
    columns = (
        Column("Vad som mäts", "{{ goal.indicator }}", 4),
        Column("Mål", "{{ goal.target }}", 2),
        Column("Uppföljning", "{{ goal.follow_up }}", 3),
    )
    return rows("Mål, målvärde och uppföljning", "goal in goals", columns)


def _appendices() -> Xml:
    year = "{% if appendix.year %}, {{ appendix.year }}{% endif %}"
    return listed("appendix in appendices", f"{{{{ appendix.label }}}}. {{{{ appendix.title }}}}{year}", "ListBullet")


def _signatures() -> Xml:
    columns = (
        Column(
            "Part",
            "{{ each.party }}",
            3,
            below="{{ each.name }}{% if each.title %}, {{ each.title }}{% endif %}",
            below_if="each.name",
        ),
        Column("Ort och datum", "", 2),
        Column("Underskrift", "", 3),
    )
    return rows("Parternas underskrifter", "each in signatures", columns, width=FULL, height=17)


def commitment_appendix() -> Paper:
    """What each party undertakes in the coming year."""
    return Paper(
        name="{{ label }} till {{ agreement }}, åtaganden {{ year }}",
        running="Åtaganden {{ year }} · {{ agreement }}",
        register="register_number",
        body=(
            title("Parternas åtaganden {{ year }}"),
            subtitle("{{ label }} till {{ agreement }}"),
            facts(
                "Bilagans uppgifter",
                fact("Gäller", "1 januari–31 december {{ year }}"),
                fact("Lämnas senast", "{{ due }}"),
                fact("Tjänster", "{{ posts_total }}, varav förbundet finansierar {{ financed_total }}"),
            ),
            chapter("introduction", "Inledning", formatted("introduction")),
            each("party in parties", heading("{{ party.party }}"), *_party_year()),
        ),
    )


def _party_year() -> tuple[Xml, ...]:
    columns = (
        Column("Personalgrupp", "{{ staff.category }}", 4, total="Summa"),
        Column("Tjänster", "{{ staff.posts }}", 2, number=True, total="{{ party.posts }}"),
        Column("Varav förbundet", "{{ staff.financed }}", 2, number=True, total="{{ party.financed }}"),
    )
    table = rows("Tjänster från {{ party.party }}", "staff in party.staff", columns)
    return (
        formatted("party.text"),
        when("party.staff", heading("Tjänster", 2), table),
        when(
            "party.seats",
            heading("Platser i grupper", 2),
            listed("seat in party.seats", "{{ seat }}", "ListBullet"),
        ),
        when("party.left_by", paragraph("Åtagandet är lämnat av {{ party.left_by }}.", style="Litentext")),
    )


def staffing_table() -> Paper:
    """Who provides how many posts and who pays for them."""
    columns = (
        Column("Part", _MARKED, 5, total="Summa"),
        Column("Tjänster", "{{ row.posts }}", 2, number=True, total="{{ posts_total }}"),
        Column("Egen finansiering", "{{ row.own }}", 2.4, number=True, total="{{ own_total }}"),
        Column("Förbundet finansierar", "{{ row.financed }}", 2.8, number=True, total="{{ financed_total }}"),
    )
    return Paper(
        name="Bemanning {{ year }}, {{ agreement }}",
        running="Bemanning {{ year }} · {{ agreement }}",
        register="register_number",
        body=(
            title("Bemanning {{ year }}"),
            subtitle("{{ agreement }}"),
            heading("Tjänster och finansiering"),
            paragraph("Antal heltidstjänster enligt uppgifter den {{ as_of }}.", keep_next=True),
            when("rows", rows("Tjänster och finansiering, part för part", "row in rows", columns, width=FULL)),
            listed("note in footnotes", "{{ note.mark }} {{ note.text }}", "Bredtabellnot"),
            chapter("remarks", "Kommentar", formatted("remarks")),
            paragraph("En tjänst är en heltid. Summorna är räknade på alla rader i tabellen.", style="Litentext"),
        ),
    )


def notice_of_change() -> Paper:
    """A party's notice of a change."""
    return Paper(
        name="Anmälan om ändring, {{ agreement }}",
        running="Anmälan om ändring · {{ agreement }}",
        register="register_number",
        opening="{{ notified_on }}",
        body=(
            title("Anmälan om ändring"),
            subtitle("{{ agreement }}"),
            paragraph("{{ subject }}", style="Ingress"),
            facts(
                "Ändringens uppgifter",
                fact("Part", "{{ party }}"),
                fact("Gäller från", "{{ effective_on }}"),
                fact("Omfattning", "{{ extent }}"),
                fact(
                    "Anmäld",
                    "{{ notified_on }} av {{ sender_name }}{% if sender_title %}, {{ sender_title }}{% endif %}",
                ),
                fact("Sista dag att anmäla", "{{ last_day }}"),
                fact("I tid", "{{ timeliness }}"),
                fact_if("answer_by", "Svar senast", "{{ answer_by }}, till {{ contact }}"),
            ),
            chapter("description", "Vad som ändras", formatted("description")),
            chapter("reasons", "Varför, och hur det ersätts", formatted("reasons")),
            chapter("rule", "Vad överenskommelsen säger", paragraph("{{ rule }}")),
            chapter(
                "told",
                "De som underrättas",
                listed("one in told", "{{ one.name }}{% if one.how %}, {{ one.how }}{% endif %}", "ListBullet"),
            ),
        ),
    )
