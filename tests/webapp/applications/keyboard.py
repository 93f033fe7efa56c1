"""Somebody who fills in a form with the keyboard alone: Tab, letters, arrows, the space bar and Enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from paragraf.questions.definition import Form, Kind
from tests.questions.whole import typed_answer

#: More fields than any page has; a walk that is longer goes in a circle.
_MOST_STEPS = 400
_FOCUSED = """() => {
  const one = document.activeElement;
  return {
    tag: one.tagName.toLowerCase(), type: one.type || "", name: one.name || "", id: one.id || "",
    value: one.value === undefined ? "" : one.value, checked: Boolean(one.checked),
    chosen: one.type === "radio" && Boolean(document.querySelector(`input[name="${one.name}"]:checked`)),
  };
}"""
Focused = dict[str, Any]


class Typist:
    """Fills in one form from the section that the page shows; ``stated`` are answers that must agree with others."""

    def __init__(self, page: Page, form: Form, stated: dict[str, str], look: Callable[[Page], None]) -> None:
        self.page = page
        self.form = form
        self.stated = stated
        self.look = look

    def fill_in(self) -> list[str]:
        """Go through all sections until the review; gives their ids in order."""
        walked: list[str] = []
        while (here := urlsplit(self.page.url).path.rpartition("/")[2]) != "granska":
            assert here not in walked, f"{here} was left with problems: {self._told()}"
            walked.append(here)
            self._section()
        return walked

    def _told(self) -> str:
        alerts = self.page.get_by_role("alert")
        return " ".join(alerts.all_inner_texts())

    def _section(self) -> None:
        for _step in range(_MOST_STEPS):
            self.page.keyboard.press("Tab")
            focused: Focused = self.page.evaluate(_FOCUSED)
            if focused["name"] == "next-step" and focused["tag"] == "button":
                if self._is_wanted(focused):
                    self._enter()
                    # The page puts one into what was added.
                    self._answer(self.page.evaluate(_FOCUSED))
                elif focused["value"] == "go-on":
                    self.look(self.page)
                    self._enter()
                    return
            elif focused["name"]:
                self._answer(focused)
        raise AssertionError(f"the end of {self.page.url} was not reached")

    def _enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _is_wanted(self, button: Focused) -> bool:
        """Whether the button adds one more of what is too few."""
        step, _dot, name = str(button["value"]).partition(".")
        if step != "more":
            return False
        question = self.form.question(name)
        there = self.page.locator(f'[data-question="{name}"] .entry').count()
        return question.kind is Kind.SIGNATORIES and there < question.options.at_least

    def _answer(self, focused: Focused) -> None:
        sort = focused["type"]
        if sort == "radio":
            self._choose(focused)
        elif sort == "checkbox":
            if not focused["checked"]:
                self.page.keyboard.press("Space")
        elif sort.startswith("select"):
            if not focused["value"]:
                self.page.keyboard.press("ArrowDown")
        elif sort != "file" and not focused["value"]:
            self._type(sort, self._typed(focused["name"]))

    def _choose(self, focused: Focused) -> None:
        """The first alternative; what then is asked comes with the answer to the save."""
        if focused["chosen"]:
            return
        self.page.keyboard.press("Space")
        expect(self.page.locator("[data-save-state]")).not_to_have_attribute("data-is", "waiting")
        expect(self.page.locator("[data-save-state][data-is=saved]")).to_be_visible()

    def _typed(self, field: str) -> str:
        """What belongs in a field, by its name: question, and part, place and part, or row and column."""
        question_id, *path = field.split(".")
        if question_id in self.stated:
            return self.stated[question_id]
        question = self.form.question(question_id)
        if question.kind in (Kind.TEXT, Kind.LONG_TEXT):
            return "Svar."
        value: Any = typed_answer(question)
        for step in path:
            value = value[int(step)] if isinstance(value, list) else value.get(step, "")
        return str(value)

    def _type(self, sort: str, text: str) -> None:
        if sort == "date":
            self._type_day(_DAYS[text])
        else:
            self.page.keyboard.type(text)

    def _type_day(self, day: str) -> None:
        """A date field takes its figures in the order of the browser's own language, which may be the machine's."""
        year, month, date = day.split("-")
        for figures in (month + date + year, year + month + date):
            self.page.keyboard.type(figures)
            if self.page.evaluate(_FOCUSED)["value"] == day:
                return
            for _part in range(2):
                self.page.keyboard.press("ArrowLeft")
        raise AssertionError(f"{day} could not be typed into {self.page.evaluate(_FOCUSED)['name']}")


_DAYS = {
    "1 mars 2027": "2027-03-01",
    "1 januari 2027": "2027-01-01",
    "2027-12-31": "2027-12-31",
    "2028-06-30": "2028-06-30",
}
