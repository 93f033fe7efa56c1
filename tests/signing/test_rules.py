from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.errors import RuleBroken
from paragraf.signing import rules
from paragraf.signing.models import EventKind
from paragraf.signing.rules import CodeFacts, Fact, Party, RoundState, SignatoryState

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
MINUTE = timedelta(minutes=1)
BROWSER = rules.session_hash("a browser")
SHA = "ab" * 32

some_facts = st.lists(
    st.builds(
        Fact,
        kind=st.sampled_from(EventKind),
        at=st.integers(-200, 200).map(lambda minutes: NOW + minutes * MINUTE),
        session_hash=st.sampled_from([BROWSER, ""]),
        link_serial=st.integers(0, 2),
    ),
    max_size=6,
)
some_parties = st.lists(
    st.builds(Party, facts=some_facts, link_last_day=st.dates(date(2026, 2, 20), date(2026, 3, 20))), max_size=4
)


def fact(kind: EventKind, minutes_ago: int = 1, serial: int = 1) -> Fact:
    return Fact(kind, NOW - minutes_ago * MINUTE, BROWSER, serial)


def party(*facts: Fact, last_day: date = TODAY) -> Party:
    return Party(facts, last_day)


def state(*parties: Party, completed: bool = False, withdrawn: bool = False) -> RoundState:
    return rules.round_state(
        parties, NOW, TODAY, completed_at=NOW if completed else None, withdrawn_at=NOW if withdrawn else None
    )


def code(**changed: Any) -> CodeFacts:
    kept = CodeFacts(rules.code_hash("key", "004217", 5, BROWSER, SHA), BROWSER, SHA, NOW, 0, False)
    return kept._replace(**changed)


# --- states --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], SignatoryState.WAITING),
        ([fact(EventKind.LINK_SENT), fact(EventKind.CODE_SENT)], SignatoryState.WAITING),
        ([fact(EventKind.CODE_REFUSED)], SignatoryState.WAITING),
        ([fact(EventKind.IDENTIFIED, 59)], SignatoryState.IDENTIFIED),
        ([fact(EventKind.IDENTIFIED, 60)], SignatoryState.WAITING),
        ([fact(EventKind.IDENTIFIED), fact(EventKind.SHOWN)], SignatoryState.IDENTIFIED),
        ([fact(EventKind.IDENTIFIED, 500), fact(EventKind.SIGNED, 499)], SignatoryState.SIGNED),
        ([fact(EventKind.DECLINED, 500)], SignatoryState.DECLINED),
    ],
)
def test_the_state_of_a_signatory(facts: list[Fact], expected: SignatoryState) -> None:
    assert rules.signatory_state(facts, NOW) is expected


@given(some_facts)
def test_a_signature_is_never_lost(facts: list[Fact]) -> None:
    """Whatever else happens and whenever the clock is read: of two at once, the later may be stored first."""
    assert rules.signatory_state([*facts, fact(EventKind.SIGNED, -1)], NOW) is SignatoryState.SIGNED


@given(some_facts)
def test_a_browser_without_a_key_is_never_identified(facts: list[Fact]) -> None:
    assert not rules.is_identified(facts, NOW, rules.session_hash(""), 1)


@pytest.mark.parametrize(
    ("minutes_ago", "browser", "serial", "expected"),
    [
        (0, BROWSER, 1, True),
        (59, BROWSER, 1, True),
        (60, BROWSER, 1, False),
        (1, rules.session_hash("another browser"), 1, False),
        (1, BROWSER, 2, False),
    ],
)
def test_identification_holds_for_an_hour_in_one_browser_by_one_link(
    minutes_ago: int, browser: str, serial: int, expected: bool
) -> None:
    assert rules.is_identified([fact(EventKind.IDENTIFIED, minutes_ago)], NOW, browser, serial) is expected


def test_the_state_of_a_round() -> None:
    signed, declined, late = fact(EventKind.SIGNED), fact(EventKind.DECLINED), TODAY - timedelta(days=1)
    assert state(party(), party(signed)) is RoundState.OPEN
    assert state(party(declined), party()) is RoundState.DECLINED
    assert state(party(signed), party(last_day=late)) is RoundState.EXPIRED
    assert state(party(), party(last_day=late)) is RoundState.OPEN
    assert state(party(declined, last_day=late), party(last_day=late)) is RoundState.DECLINED
    assert state(party(signed), completed=True) is RoundState.COMPLETED
    assert state(party(signed), party(), withdrawn=True) is RoundState.WITHDRAWN


@given(some_parties)
def test_a_completed_round_stays_completed(parties: list[Party]) -> None:
    assert state(*parties, completed=True) is RoundState.COMPLETED


@given(some_parties)
def test_a_round_never_waits_for_nobody(parties: list[Party]) -> None:
    """An expired round has somebody who may be given more time."""
    if state(*parties) is RoundState.EXPIRED:
        assert not rules.all_have_signed(parties)
        assert not any(rules.signatory_state(one.facts, NOW) is SignatoryState.DECLINED for one in parties)


@pytest.mark.parametrize("closed", [one for one in RoundState if one is not RoundState.OPEN])
def test_only_an_open_round_takes_signatures(closed: RoundState) -> None:
    rules.require_open(RoundState.OPEN)
    with pytest.raises(RuleBroken):
        rules.require_open(closed)


@pytest.mark.parametrize("answered", [SignatoryState.SIGNED, SignatoryState.DECLINED])
def test_an_answer_is_final(answered: SignatoryState) -> None:
    rules.require_unanswered(SignatoryState.IDENTIFIED)
    with pytest.raises(RuleBroken, match="redan"):
        rules.require_unanswered(answered)


@pytest.mark.parametrize(
    ("people", "addresses"),
    [([], []), ([4, 5, 4], ["a@x.example", "b@x.example", "c@x.example"]), ([4], ["a@x.example", "a@x.example"])],
)
def test_a_round_has_different_people_with_an_address_each(people: list[int], addresses: list[str]) -> None:
    rules.require_distinct([4, 5], ["a@x.example", "b@x.example"])
    with pytest.raises(RuleBroken):
        rules.require_distinct(people, addresses)


# --- codes ---------------------------------------------------------------------------------------------------------


def test_the_right_code_in_the_right_browser_for_the_right_document() -> None:
    assert rules.is_right(code(), "004217", ["key"], 5, BROWSER, SHA)


@pytest.mark.parametrize(
    ("typed", "keys", "signatory", "browser", "sha"),
    [
        ("004218", ["key"], 5, BROWSER, SHA),
        ("", ["key"], 5, BROWSER, SHA),
        ("004217", ["another key"], 5, BROWSER, SHA),
        ("004217", ["key"], 6, BROWSER, SHA),
        ("004217", ["key"], 5, rules.session_hash("another browser"), SHA),
        ("004217", ["key"], 5, BROWSER, "cd" * 32),
    ],
)
def test_a_code_is_bound_to_all_that_it_was_asked_for(
    typed: str, keys: list[str], signatory: int, browser: str, sha: str
) -> None:
    assert not rules.is_right(code(), typed, keys, signatory, browser, sha)


def test_a_code_outlives_a_rotation_of_keys() -> None:
    assert rules.is_right(code(), "004217", ["key", "a newer key"], 5, BROWSER, SHA)


def test_the_kept_code_does_not_hold_the_code() -> None:
    assert "004217" not in code().code_hash
    assert len(code().code_hash) == 64


@pytest.mark.parametrize(
    ("changed", "later", "expected"),
    [
        ({}, timedelta(0), True),
        ({}, timedelta(minutes=9, seconds=59), True),
        ({}, timedelta(minutes=10), False),
        ({}, timedelta(days=-1), False),
        ({"tries": 4}, timedelta(0), True),
        ({"tries": 5}, timedelta(0), False),
        ({"ended": True}, timedelta(0), False),
    ],
)
def test_how_long_a_code_lives(changed: dict[str, Any], later: timedelta, expected: bool) -> None:
    assert rules.is_live(code(**changed), NOW + later) is expected


@pytest.mark.parametrize("typed", ["004217", " 004 217 ", "004\u00a0217", "004-217", "004–217\n"])
def test_a_code_may_be_typed_in_groups(typed: str) -> None:
    assert rules.typed_code(typed) == "004217"


@pytest.mark.parametrize("typed", ["", "4217", "0042170", "abcdef", "٠٠٤٢١٧", "00421²", "0042１7"])
def test_what_is_no_code(typed: str) -> None:
    assert rules.typed_code(typed) == ""


@given(st.text())
def test_whatever_is_typed_is_six_digits_or_nothing(typed: str) -> None:
    assert rules.typed_code(typed) == "" or (len(rules.typed_code(typed)) == 6 and rules.typed_code(typed).isdigit())


@given(st.lists(st.integers(0, 200), max_size=40))
def test_never_more_than_five_codes_in_any_hour_nor_two_in_half_a_minute(waits: list[int]) -> None:
    moment, sent = NOW, list[datetime]()
    for seconds in waits:
        moment += timedelta(seconds=seconds)
        if rules.may_send_code(sent, moment):
            sent.append(moment)
    for at in sent:
        assert sum(at <= other < at + timedelta(hours=1) for other in sent) <= 5
        assert sum(at <= other < at + timedelta(seconds=30) for other in sent) == 1


def test_a_code_may_be_sent_again_after_a_while() -> None:
    assert not rules.may_send_code([NOW], NOW + timedelta(seconds=29))
    assert rules.may_send_code([NOW], NOW + timedelta(seconds=30))
    assert not rules.may_send_code([NOW] * 5, NOW + timedelta(minutes=59))
    assert rules.may_send_code([NOW] * 5, NOW + timedelta(minutes=60))


def test_links_are_sent_three_a_day_ten_minutes_apart() -> None:
    assert not rules.may_send_link([NOW], NOW + timedelta(minutes=9))
    assert rules.may_send_link([NOW], NOW + timedelta(minutes=10))
    assert not rules.may_send_link([NOW] * 3, NOW + timedelta(hours=23))
    assert rules.may_send_link([NOW] * 3, NOW + timedelta(hours=24))


def test_a_renewed_link_lives_for_a_week_at_the_least() -> None:
    assert rules.renewed_last_day(date(2026, 3, 16), date(2026, 3, 2)) == date(2026, 3, 16)
    assert rules.renewed_last_day(date(2026, 3, 16), date(2026, 3, 20)) == date(2026, 3, 27)


# --- what people write -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "registered", "expected"),
    [
        ("olle@norrdal.example", "olle@norrdal.example", True),
        ("  Olle@Norrdal.Example ", "olle@norrdal.example", True),
        ("åsa@norrdal.example", "ÅSA@norrdal.example", True),
        ("", "olle@norrdal.example", False),
        ("olle@norrdal.example.com", "olle@norrdal.example", False),
    ],
)
def test_the_address_is_compared_whatever_its_capitals(typed: str, registered: str, expected: bool) -> None:
    assert rules.same_address(typed, registered) is expected


def test_a_reason_is_kept_without_what_could_mislead_a_reader() -> None:
    assert rules.reason("  § 3 är\r\nfel\u202e\x00\u200b ") == "§ 3 är\nfel"


@pytest.mark.parametrize("typed", ["", " \n ", "\u202e\u200b", "x" * 1001])
def test_a_reason_must_be_given_and_be_short(typed: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        rules.reason(typed)
    assert caught.value.field == "reason"


@given(st.text())
def test_printable_text_stays_as_it_is_when_printed_again(text: str) -> None:
    once = rules.printable(text)
    assert rules.printable(once) == once
    assert "\r" not in once
    assert "\x00" not in once


def test_another_document_is_refused() -> None:
    rules.require_same_document(SHA, SHA)
    with pytest.raises(RuleBroken, match="bytts ut"):
        rules.require_same_document("", SHA)
