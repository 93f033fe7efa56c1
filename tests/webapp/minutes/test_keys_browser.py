"""Everything at the desk by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from paragraf.meetings.models import Meeting
from paragraf.minutes.phrases import adopt_shipped
from paragraf.minutes.rules import ItemWords
from tests.minutes import acting
from tests.parts.browser import axe
from tests.parts.world import World
from tests.webapp.minutes.browsing import SignIn, is_open, open_item, saved

pytestmark = pytest.mark.browser


def test_the_keyboard_is_enough(sign_in: SignIn, page: Page, words: Callable[[int], ItemWords]) -> None:
    page.goto(sign_in(page))
    page.get_by_label("Rubrik", exact=True).focus()
    page.keyboard.press("Alt+PageDown")
    is_open(page, "Ansökan om medel till Stegvis")
    page.keyboard.press("Alt+PageUp")
    is_open(page, "Val av justerare")
    # Not with Insert, which is the key of screen readers.
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("group", name="Att-sats 2").get_by_label("Beslutsord")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("dagordningen")
    page.keyboard.press("Alt+Shift+PageUp")
    page.keyboard.press("Control+s")
    expect(page.locator("#papper")).to_contain_text("att godkänna dagordningen, samt")
    assert [clause.verb.value for clause in words(0).clauses] == ["approve", "appoint"]


def command(page: Page, letter: str) -> None:
    page.keyboard.press("F2")
    expect(page.get_by_role("dialog", name="Kommandon")).to_be_visible()
    page.keyboard.press(letter)
    expect(page.get_by_role("dialog", name="Kommandon")).to_be_hidden()


def test_one_key_lists_every_command_and_a_letter_chooses(
    sign_in: SignIn, page: Page, words: Callable[[int], ItemWords]
) -> None:
    page.goto(sign_in(page))
    is_open(page, "Val av justerare")
    page.get_by_label("Bakgrund").focus()
    page.keyboard.press("F2")
    axe(page)
    page.keyboard.press("Escape")
    expect(page.get_by_label("Bakgrund")).to_be_focused()
    command(page, "n")
    is_open(page, "Ansökan om medel till Stegvis")
    command(page, "a")
    expect(page.get_by_role("group", name="Att-sats 2").get_by_label("Beslutsord")).to_be_focused()
    command(page, "u")
    command(page, "e")
    saved(page)
    assert [clause.verb.value for clause in words(1).clauses] == ["grant"]
    command(page, "y")
    is_open(page, "")
    page.get_by_label("Rubrik", exact=True).fill("En fråga till")
    command(page, "k")
    expect(page.locator("#paragraflista li").nth(1)).to_contain_text("En fråga till")
    is_open(page, "En fråga till")
    command(page, "x")
    expect(page.get_by_text("En uttagen paragraf")).to_be_visible()
    is_open(page, "Val av justerare")


def test_the_newest_change_is_taken_back_by_one_key_and_typing_by_the_browsers_own(
    sign_in: SignIn, page: Page, words: Callable[[int], ItemWords]
) -> None:
    open_item(page, sign_in(page), "Lägesrapport")
    field = page.get_by_label("Bakgrund")
    for told in ("Ett.", "Två."):
        field.fill(told)
        expect(page.locator("#papper")).to_contain_text(told)
        saved(page)
    field.press("End")
    page.keyboard.insert_text("Tre")
    page.keyboard.press("Control+z")
    expect(field).to_have_value("Två.")
    saved(page)
    command(page, "z")
    expect(page.get_by_label("Bakgrund")).to_have_value("Ett.")
    assert words(2).background == "Ett."


def test_a_slash_picks_a_standard_phrase_and_the_gap_is_chosen(
    sign_in: SignIn, page: Page, world: World, words: Callable[[int], ItemWords]
) -> None:
    with world.database.writing() as session:
        adopt_shipped(session, world.north.id, now=acting.AFTER, actor=acting.SONJA)
    open_item(page, sign_in(page), "Lägesrapport")
    field = page.get_by_label("Bakgrund")
    field.press("Control+End")
    page.keyboard.type(" och/eller /")
    expect(page.get_by_role("dialog", name="Standardfras")).to_be_visible()
    axe(page)
    page.keyboard.type("föredrag")
    page.keyboard.press("Enter")
    page.keyboard.type("Förbundschefen")
    expect(field).to_have_value("Läget är gott. och/eller Förbundschefen föredrar ärendet och svarar på frågor.")
    saved(page)
    assert words(2).background.endswith("Förbundschefen föredrar ärendet och svarar på frågor.")
    page.keyboard.type(" /")
    page.keyboard.press("Escape")
    expect(field).to_be_focused()


def test_single_signs_can_be_turned_off(sign_in: SignIn, page: Page, meeting: Meeting) -> None:
    page.goto(sign_in(page))
    is_open(page, "Val av justerare")
    page.locator("#paragrafen").focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Kommandon")
    expect(dialog).to_be_visible()
    page.get_by_label("Stäng av tecknen / och ? som kommandon").check()
    page.keyboard.press("Escape")
    page.locator("#paragrafen").focus()
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
