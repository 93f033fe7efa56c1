"""Swedish words for the words in the rows, for pages. Each is a source text for translation."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Any

from flask import Flask
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from paragraf.applications.models import CheckOutcome, Verdict
from paragraf.applications.rules import State as ApplicationState
from paragraf.core.log import LogEntry
from paragraf.meetings.models import ItemKind, MeetingMode
from paragraf.meetings.rules import State as MeetingState
from paragraf.meetings.year_plan import Avoided
from paragraf.people.models import BodyKind, Capacity, Numbering, Principal, RoleKind, SubstituteOrder
from paragraf.questions.definition import Purpose
from paragraf.register.models import Direction, MatterKind
from webapp.printing import print_day

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

#: By kind first: words of two kinds may be spelled alike, and then they are equal as keys.
WORDS: dict[type[StrEnum], dict[StrEnum, LazyString]] = {
    Principal: {
        Principal.STATE: _l("Staten"),
        Principal.REGION: _l("Regionen"),
        Principal.MUNICIPALITIES: _l("Kommunerna"),
    },
    Capacity: {
        Capacity.CHAIR: _l("ordförande"),
        Capacity.VICE_CHAIR: _l("vice ordförande"),
        Capacity.BOARD_MEMBER: _l("ledamot"),
        Capacity.SUBSTITUTE: _l("ersättare"),
    },
    BodyKind: {
        BodyKind.BOARD: _l("Styrelse"),
        BodyKind.PREPARATORY_GROUP: _l("Beredningsgrupp"),
        BodyKind.STEERING_GROUP: _l("Styrgrupp"),
        BodyKind.MANAGEMENT_GROUP: _l("Ledningsgrupp"),
    },
    Numbering: {
        Numbering.CONTINUOUS: _l("löpande, år efter år"),
        Numbering.YEARLY: _l("om från början varje år"),
    },
    SubstituteOrder: {
        SubstituteOrder.SAME_MEMBER: _l("först ersättare för samma medlem, sedan turordningen"),
        SubstituteOrder.CALLING_ORDER: _l("bara turordningen"),
    },
    Avoided: {
        Avoided.WEEKEND: _l("lördag eller söndag"),
        Avoided.HOLIDAY: _l("helgdag"),
        Avoided.EVE: _l("helgafton"),
        Avoided.BEFORE_HOLIDAY: _l("dagen före en helgdag"),
        Avoided.BETWEEN: _l("klämdag eller mellandag"),
        Avoided.TAKEN: _l("organet sammanträder redan då"),
        Avoided.PAST: _l("dagen har redan varit"),
    },
    RoleKind: {
        RoleKind.SECRETARY: _l("Sekreterare"),
        RoleKind.DIRECTOR: _l("Förbundschef"),
        RoleKind.ADMINISTRATOR: _l("Administratör"),
    },
    MatterKind: {
        MatterKind.APPLICATION: _l("Ansökan"),
        MatterKind.MEETING: _l("Sammanträde"),
        MatterKind.AGREEMENT: _l("Överenskommelse"),
        MatterKind.OTHER: _l("Övrigt"),
    },
    Direction: {
        Direction.IN: _l("inkommen"),
        Direction.OUT: _l("utgående"),
        Direction.MADE: _l("upprättad"),
    },
    ItemKind: {
        ItemKind.DECISION: _l("Beslut"),
        ItemKind.INFORMATION: _l("Information"),
        ItemKind.REPORT: _l("Rapport"),
        ItemKind.QUESTION: _l("Övrig fråga"),
    },
    MeetingMode: {
        MeetingMode.IN_PERSON: _l("På plats"),
        MeetingMode.DISTANCE: _l("På distans"),
        MeetingMode.MIXED: _l("På plats och på distans"),
    },
    MeetingState: {
        MeetingState.PLANNED: _l("Planerat"),
        MeetingState.NOTICE_SENT: _l("Kallelse skickad"),
        MeetingState.UNDER_WAY: _l("Pågår"),
        MeetingState.HELD: _l("Hållet"),
        MeetingState.CANCELLED: _l("Inställt"),
    },
    ApplicationState: {
        ApplicationState.DRAFT: _l("Utkast"),
        ApplicationState.SUBMITTED: _l("Inkommen"),
        ApplicationState.COMPLETION: _l("Komplettering begärd"),
        ApplicationState.ON_AGENDA: _l("På dagordning"),
        ApplicationState.TREATED: _l("Behandlad"),
        ApplicationState.TABLED: _l("Bordlagd"),
        ApplicationState.REMITTED: _l("Återremitterad"),
        ApplicationState.DECIDED: _l("Beslutad"),
        ApplicationState.REJECTED: _l("Avslagen"),
        ApplicationState.GRANTED: _l("Beviljad"),
        ApplicationState.WITHDRAWN: _l("Återtagen"),
    },
    Verdict: {
        Verdict.ENDORSE: _l("tillstyrker"),
        Verdict.ENDORSE_WITH_CHANGES: _l("tillstyrker med ändringar"),
        Verdict.ADVISE_AGAINST: _l("avstyrker"),
    },
    CheckOutcome: {
        CheckOutcome.MET: _l("Ja"),
        CheckOutcome.NOT_MET: _l("Nej"),
        CheckOutcome.NOT_APPLICABLE: _l("Gäller inte"),
    },
    Purpose: {
        Purpose.APPLICATION: _l("Ansökningar"),
        Purpose.ANALYSIS: _l("Behovsanalyser"),
        Purpose.APPENDIX: _l("Årsbilagor"),
        Purpose.REGISTRATION: _l("Anmälningar"),
        Purpose.REPORT: _l("Rapporter"),
    },
}

#: What the log's acts are called on pages, by (verb, subject).
ACTS: dict[tuple[str, str], LazyString] = {
    ("open", "matter"): _l("Ärendet öppnades"),
    ("file", "document"): _l("Handling lades in: %(title)s"),
    ("publish", "form"): _l("Formuläret publicerades, version %(number)s"),
    ("start", "application"): _l("Ansökan påbörjades"),
    ("replace_link", "application"): _l("Länken till ansökan byttes"),
    ("remove_attachment", "application"): _l("En bilaga togs bort ur ansökan"),
    ("submit", "application"): _l("Ansökan skickades in"),
    ("close", "matter"): _l("Ärendet avslutades. %(reason)s"),
    ("ask_completion", "application"): _l("Komplettering begärdes, sista dag %(last_day)s"),
    ("extend_completion", "application"): _l("Mer tid för kompletteringen, sista dag %(last_day)s"),
    ("withdraw_completion", "application"): _l("Begäran om komplettering drogs tillbaka"),
    ("answer_completion", "application"): _l("Kompletteringen kom in"),
    ("opinion_endorse", "application"): _l("%(body)s tillstyrkte ansökan %(on)s"),
    ("opinion_endorse_with_changes", "application"): _l("%(body)s tillstyrkte ansökan med ändringar %(on)s"),
    ("opinion_advise_against", "application"): _l("%(body)s avstyrkte ansökan %(on)s"),
    ("check", "application"): _l("En kontroll av ansökan gjordes"),
    ("write_note", "application"): _l("En intern anteckning skrevs"),
    ("remove_note", "application"): _l("En intern anteckning togs bort"),
    ("withdraw", "application"): _l("Ansökan togs tillbaka"),
    ("grant", "application"): _l("Bidrag beviljades"),
    ("condition_met", "application"): _l("Villkor %(condition)s är uppfyllt, %(day)s"),
    ("condition_failed", "application"): _l("Villkor %(condition)s är inte uppfyllt, %(day)s"),
    ("open", "form"): _l("Formuläret öppnades för sökande"),
    ("close", "form"): _l("Formuläret stängdes för nya"),
    ("begin", "form_draft"): _l("En ny version av ett formulär påbörjades"),
    ("discard", "form_draft"): _l("Ett utkast till formulär kastades"),
    ("restore", "form_draft"): _l("Ett utkast till formulär togs tillbaka"),
    ("try", "form_draft"): _l("Ett utkast till formulär prövades"),
    ("remove_tests", "form"): _l("Prov av formulär togs bort: %(count)s"),
    ("make", "funding_call"): _l("Utlysningen gjordes: %(title)s"),
    ("change", "funding_call"): _l("Utlysningen ändrades: %(title)s"),
    ("cancel", "funding_call"): _l("Utlysningen ställdes in: %(title)s"),
    ("go_over", "application"): _l("Ansökan gick över till formulärets nya version"),
    ("signed_again", "application"): _l("Den kompletterade ansökan är underskriven"),
    ("signing_declined", "application"): _l("Någon avböjde att skriva under ansökan"),
    ("invite", "application_participant"): _l("Någon bjöds in till ansökan"),
    ("change_role", "application_participant"): _l("Någon fick en ny roll i ansökan"),
    ("replace_link", "application_participant"): _l("Någon fick en ny länk till ansökan"),
    ("take_away", "application_participant"): _l("Någon är inte längre med i ansökan"),
    ("set_period", "grant"): _l("Bidragets tid är %(starts_on)s – %(ends_on)s"),
    ("extend", "grant"): _l("Bidraget förlängdes till %(ends_on)s"),
    ("lapse", "grant"): _l("Bidraget upphörde: villkor %(condition)s är inte uppfyllt"),
    ("note_granted", "grant"): _l("Beviljade belopp rad för rad antecknades"),
    ("note_outcome", "grant"): _l("Utfall antecknades. Källa: %(source)s"),
    ("plan_payments", "grant"): _l("Utbetalningar planerades: %(payments)s"),
    ("unplan_payment", "grant"): _l("En planerad utbetalning %(day)s togs bort"),
    ("claim", "grant"): _l("Rekvisition %(claim)s kom in"),
    ("approve_claim", "grant"): _l("Rekvisition %(claim)s godkändes"),
    ("refuse_claim", "grant"): _l("Rekvisition %(claim)s avslogs"),
    ("pay_claim", "grant"): _l("Rekvisition %(claim)s betalades ut %(day)s"),
    ("ask_for_report", "grant"): _l("En lägesrapport begärdes till %(due_on)s"),
    ("receive_report", "grant"): _l("En rapport om bidraget kom in"),
    ("ask_for_more", "grant"): _l("En rapport ska kompletteras till %(due_on)s"),
    ("accept_report", "grant"): _l("En rapport om bidraget godkändes"),
    ("cancel_report", "grant"): _l("En rapport om bidraget behövs inte längre"),
    ("remainder_returned", "grant"): _l("Pengar som inte användes betalades tillbaka"),
    ("remainder_carried_over", "grant"): _l("Pengar fördes över till ett senare år"),
    ("remainder_released", "grant"): _l("Pengar som inte betalas ut blev fria"),
    ("close", "grant"): _l("Bidraget avslutades"),
    ("return", "matter"): _l("Ärendet går tillbaka till styrelsen"),
    ("record_funds", "yearly_funds"): _l("Årets medel antecknades: %(year)s. Källa: %(source)s"),
    ("set_cap", "capital_cap"): _l("Taket för eget kapital ändrades från %(valid_from)s. Källa: %(source)s"),
    ("set_report_rule", "report_rule"): _l("Dagarna för rapporter ändrades från %(valid_from)s"),
    ("register", "agreement"): _l("Överenskommelsen lades in"),
    ("amend", "agreement"): _l("Överenskommelsens uppgifter ändrades"),
    ("end", "agreement"): _l("Överenskommelsen upphörde: %(reason)s"),
    ("plan", "meeting"): _l("Sammanträdet planerades"),
    ("change", "meeting"): _l("Sammanträdet fick ny tid eller plats"),
    ("carry_items", "meeting"): _l("Punkter flyttades till sammanträdet %(day)s: %(items)s"),
    ("cancel", "meeting"): _l("Sammanträdet ställdes in: %(reason)s"),
    ("send_notice", "meeting"): _l("Kallelse skickades till %(recipients)s personer"),
    ("add_item", "meeting"): _l("Ny punkt på dagordningen: %(heading)s"),
    ("edit_item", "meeting"): _l("En punkt på dagordningen ändrades"),
    ("move_item", "meeting"): _l("En punkt på dagordningen flyttades"),
    ("withdraw_item", "meeting"): _l("En punkt togs bort från dagordningen: %(heading)s"),
    ("restore_item", "meeting"): _l("En punkt lades tillbaka på dagordningen: %(heading)s"),
    ("attach", "meeting"): _l("En bilaga lades till en punkt: %(title)s"),
    ("move_attachment", "meeting"): _l("En bilaga fick en annan plats"),
    ("detach", "meeting"): _l("En bilaga togs bort från en punkt: %(title)s"),
    ("add", "standing_item"): _l("Ny stående punkt: %(heading)s"),
    ("edit", "standing_item"): _l("En stående punkt ändrades: %(heading)s"),
    ("move", "standing_item"): _l("En stående punkt flyttades: %(heading)s"),
    ("end", "standing_item"): _l("En stående punkt togs bort: %(heading)s"),
    ("add", "delegation_point"): _l("Delegationsordningen fick punkt %(number)s"),
    ("end", "delegation_point"): _l("Punkt %(number)s i delegationsordningen avslutades"),
    ("register", "delegated_decision"): _l("Delegationsbeslutet %(designation)s registrerades"),
    ("tell", "delegated_decision"): _l("Delegationsbeslutet %(designation)s sattes upp för anmälan"),
    ("record_presence", "meeting"): _l("Närvaro antecknades"),
    ("end_presence", "meeting"): _l("Närvaro ändrades"),
    ("change_serving", "meeting"): _l("Tjänstgöring ändrades"),
    ("remove_presence", "meeting"): _l("En närvarorad togs bort"),
    ("close_attendance", "meeting"): _l("Närvaron låstes"),
    ("open", "minutes"): _l("Protokollet påbörjades"),
    ("add_from_agenda", "minutes"): _l("Nya punkter hämtades till protokollet"),
    ("add_item", "minutes"): _l("Ny paragraf i protokollet"),
    ("move_item", "minutes"): _l("En paragraf flyttades i protokollet"),
    ("remove_item", "minutes"): _l("En paragraf togs bort ur protokollet"),
    ("set_verifiers", "minutes"): _l("Justerare antecknades"),
    ("set_chair", "minutes"): _l("Sammanträdets ordförande antecknades"),
    ("attach", "minutes"): _l("En bilaga lades till protokollet"),
    ("detach", "minutes"): _l("En bilaga togs bort ur protokollet"),
    ("fix_numbers", "minutes"): _l("Numren fastställdes: §§ %(first)s–%(last)s"),
    ("send_for_signing", "minutes"): _l("Protokollet skickades för underskrift"),
    ("verify", "minutes"): _l("Protokollet är justerat"),
    ("announce", "minutes"): _l("Protokollets justering anslogs"),
    ("record_posting", "minutes"): _l("Anslaget är uppsatt hos %(board)s %(on)s"),
    ("take_down", "minutes"): _l("Anslaget är nedtaget hos %(board)s %(on)s"),
    ("certify_notice", "minutes"): _l("Bevis om anslag gjordes"),
    ("certify_extract", "minutes"): _l("Ett protokollsutdrag bestyrktes"),
    ("open", "signature_round"): _l("Länkar för underskrift skickades till %(signatories)s personer"),
    ("resend_link", "signature_round"): _l("En ny länk för underskrift skickades"),
    ("remind", "signature_round"): _l("Påminnelse om underskrift skickades till %(reminded)s personer"),
    ("withdraw", "signature_round"): _l("Dokumentet drogs tillbaka från underskrift"),
    ("complete", "signature_round"): _l("Alla har skrivit under"),
    ("identify", "signatory"): _l("Bekräftade sin e-postadress med en kod"),
    ("read", "signatory"): _l("Läste dokumentet"),
    ("sign", "signatory"): _l("Skrev under"),
    ("decline", "signatory"): _l("Avböjde att skriva under"),
    ("request_new_link", "signatory"): _l("Bad om en ny länk för underskrift"),
    ("add", "template"): _l("En ny version av mallen lades in: %(title)s, version %(number)s"),
    ("use", "template"): _l("Mallen byttes: %(title)s, version %(number)s"),
    ("set", "logo"): _l("Logotypen byttes"),
    ("remove", "logo"): _l("Logotypen togs bort"),
    ("retry", "letter"): _l("Ett mejl skickades igen"),
    ("sign_in", "person"): _l("Loggade in"),
    ("add", "person"): _l("Personen lades in: %(name)s"),
    ("change", "person"): _l("Personens uppgifter ändrades: %(name)s"),
    ("renew_calendar", "person"): _l("Länken till kalendern byttes"),
    ("give_role", "person"): _l("En roll i kansliet från %(starts_on)s"),
    ("end_role", "person"): _l("En roll i kansliet slutar %(ends_on)s"),
    ("add", "member_organisation"): _l("Medlemmen lades in: %(name)s"),
    ("change", "member_organisation"): _l("Medlemmens uppgifter ändrades: %(name)s"),
    ("add_unit", "member_organisation"): _l("En enhet lades in: %(name)s"),
    ("add", "body"): _l("Organet lades in: %(name)s"),
    ("change", "body"): _l("Organets uppgifter ändrades: %(name)s"),
    ("set_first_number", "body"): _l("Nummerserien börjar med %(number)s"),
    ("add_rules", "body"): _l("Nya regler för organet från %(valid_from)s"),
    ("change_rules", "body"): _l("Reglerna från %(valid_from)s ändrades"),
    ("give_mandate", "body"): _l("%(name)s fick ett uppdrag från %(starts_on)s"),
    ("end_mandate", "body"): _l("Uppdraget för %(name)s slutar %(ends_on)s"),
    ("remove_mandate", "body"): _l("Ett uppdrag som skrivits fel togs bort: %(name)s"),
    ("add", "notice_board"): _l("Anslagstavlan lades in: %(name)s"),
    ("change", "notice_board"): _l("Anslagstavlans uppgifter ändrades: %(name)s"),
}

#: The same for acts on duties, which belong to all kinds of subjects.
DUTY_ACTS: dict[str, LazyString] = {
    "plan_duty": _l("Planerat: %(title)s, sista dag %(last_day)s"),
    "revive_duty": _l("Planerat igen: %(title)s, sista dag %(last_day)s"),
    "cancel_duty": _l("Inte längre planerat: %(title)s, sista dag %(last_day)s. %(reason)s"),
    "finish_duty": _l("Klart: %(title)s, sista dag %(last_day)s"),
    "remind": _l("Påminnelse till %(to)s: %(title)s, sista dag %(last_day)s"),
}


def prepare(app: Flask) -> None:
    """Give templates ``word`` and ``act``."""
    app.jinja_env.globals.update(word=word, act=act)


def word(kind: StrEnum) -> str:
    """The printed word for a row's word."""
    return str(WORDS[type(kind)][kind])


def act(entry: LogEntry) -> str:
    """What the log entry says, in words."""
    found = ACTS.get((entry.verb, entry.subject)) or DUTY_ACTS[entry.verb]
    return str(found) % _told(entry.details)


def _told(details: dict[str, Any]) -> dict[str, Any]:
    """The details with the program's own Swedish in the page's language: a reason, and what a title begins with, such
    as the name of a duty's rule. What a person wrote has no translation and stays."""
    told = {name: _printed(one) for name, one in details.items()}
    if reason := details.get("reason"):
        told["reason"] = gettext(reason)
    if title := details.get("title"):
        kind, colon, rest = title.partition(": ")
        told["title"] = f"{gettext(kind)}{colon}{rest}"
    return told


def _printed(value: Any) -> Any:
    # The log keeps days as text, 2026-04-09, since its entries are JSON.
    return print_day(date.fromisoformat(value)) if isinstance(value, str) and _DAY.fullmatch(value) else value
