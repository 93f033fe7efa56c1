"""Back-off, header safety, addresses, and what is told about the outbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.post import rules
from paragraf.post.rules import LetterState, Outbox
from tests.parts.world import NOW

AT_REST = Outbox(waiting=0, failed=0, oldest_waiting_at=None, due_since=None, server_silent=False)


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (5, 240), (22, 240)])
def test_pauses_grow_to_four_hours(attempts: int, minutes: int) -> None:
    assert rules.next_attempt(attempts, NOW) == NOW + timedelta(minutes=minutes)


def test_gives_up_after_about_three_days() -> None:
    moment, attempts = NOW, 1
    while (again := rules.next_attempt(attempts, moment)) is not None:
        moment, attempts = again, attempts + 1
    assert timedelta(days=3) <= moment - NOW < timedelta(days=3, hours=4)


@pytest.mark.parametrize(
    ("sent", "failed", "state"),
    [
        (None, None, LetterState.WAITING),
        (NOW, None, LetterState.SENT),
        (None, NOW, LetterState.FAILED),
    ],
)
def test_the_state_follows_from_the_facts(sent: object, failed: object, state: LetterState) -> None:
    assert rules.state(sent, failed) is state  # type: ignore[arg-type]


def test_a_message_id_is_stable_and_tells_letters_apart() -> None:
    one = rules.message_id("https://a.example", 1, "notice-7", "kansli@norrdal.example")
    assert one == rules.message_id("https://a.example", 1, "notice-7", "kansli@norrdal.example")
    assert one.startswith("<")
    assert one.endswith("@norrdal.example>")
    others = {
        rules.message_id("https://a.example", 2, "notice-7", "kansli@norrdal.example"),
        rules.message_id("https://a.example", 1, "notice-8", "kansli@norrdal.example"),
        rules.message_id("https://b.example", 1, "notice-7", "kansli@norrdal.example"),
    }
    assert len(others | {one}) == 4


def test_a_line_break_cannot_leave_a_header() -> None:
    assert rules.one_line("Möte\r\nBcc: alla@norrdal.example\u2028nu\x00 ") == "Möte Bcc: alla@norrdal.example nu"


@given(st.text())
def test_one_line_is_one_line_and_says_it_once(text: str) -> None:
    line = rules.one_line(text)
    assert len(line.splitlines()) <= 1
    assert rules.one_line(line) == line
    line.encode("utf-8")


@given(st.text())
def test_a_body_ends_with_one_line_break_and_holds_no_control_characters(text: str) -> None:
    body = rules.plain_text(text)
    assert body.endswith("\n")
    assert not body.endswith("\n\n")
    assert not any(char < " " and char not in "\n\t" for char in body)
    assert rules.plain_text(body) == body


def test_a_body_keeps_its_paragraphs() -> None:
    assert rules.plain_text("\nHej!\r\n\r\n\tIndraget \x07\r\nSlut") == "Hej!\n\n\tIndraget\nSlut\n"


@pytest.mark.parametrize("address", ["ida@norrdal.example", "åsa@exämple.se", "o'brien+x@a-b.example"])
def test_usable_addresses(address: str) -> None:
    assert rules.is_usable(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ida",
        "@norrdal.example",
        "ida@",
        "ida@a@b.example",
        "ida@norrdal.example\nBcc: x@y.example",
        "ida @norrdal.example",
        "<ida@norrdal.example>",
        "ida@norrdal.example, bo@norrdal.example",
        "i" * 250 + "@a.se",
    ],
)
def test_addresses_that_would_harm_the_envelope(address: str) -> None:
    assert not rules.is_usable(address)


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("ida@norrdal.example", "ida@norrdal.example"),
        ("åsa@exämple.se", "åsa@xn--exmple-cua.se"),
        ("a@b..se", "a@b..se"),
    ],
)
def test_a_host_is_spelled_for_the_network(address: str, wire: str) -> None:
    assert rules.wire_address(address) == wire


def test_shortening_shows_that_something_is_missing() -> None:
    assert rules.shortened("Kallelse", 8) == "Kallelse"
    assert rules.shortened("Kallelser", 8) == "Kallels…"


@pytest.mark.parametrize(
    ("outbox", "has_transport", "told"),
    [
        (AT_REST, True, None),
        (AT_REST, False, None),
        (replace(AT_REST, waiting=1), False, "PARAGRAF_SMTP_URL"),
        (replace(AT_REST, waiting=1, server_silent=True), True, "does not answer"),
        (replace(AT_REST, waiting=1, due_since=NOW - timedelta(minutes=4)), True, None),
        (replace(AT_REST, waiting=1, due_since=NOW - timedelta(minutes=6)), True, "nobody delivers"),
        (replace(AT_REST, failed=3), True, None),
    ],
)
def test_what_ails_the_outbox(outbox: Outbox, has_transport: bool, told: str | None) -> None:
    ailment = rules.ailment(outbox, NOW, has_transport=has_transport)
    assert told in ailment if told and ailment else ailment == told
