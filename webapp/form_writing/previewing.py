"""A form that is not published yet, drawn as applicants will see it, in either language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from flask import g
from flask_babel import force_locale
from flask_babel import gettext as _

from forms.questions import Drawing, QuestionView, questions_of
from paragraf.applications.filled import Filled, members_on
from paragraf.core.dates import local_date
from paragraf.questions.context import Context
from paragraf.questions.definition import Condition, Form, Section
from webapp.language import LANGUAGES, current


@dataclass(frozen=True)
class Preview:
    """One section of the form in one language; ``shown_when`` says in words what a question waits for, by its id,
    and ``section_waits`` what the whole section does."""

    form: Form
    section: Section
    language: str
    questions: tuple[QuestionView, ...]
    shown_when: dict[str, str]
    section_waits: str


def preview_of(form: Form, section_id: str, language: str) -> Preview:
    """The section as it looks before anything is answered; the first one for an id that the form does not have.

    A repeated section is there for one entry, and one for each member for the first of them.
    """
    today = local_date(g.now)
    context = Context(members=members_on(g.session, g.association.id, today), start_year=today.year)
    shown = Filled(form, _one_entry_each(form, context), context)
    section = next((one for one in shown.form.sections if one.id == section_id), shown.form.sections[0])
    language = language if language in LANGUAGES else current()
    with in_language(language):
        drawing = Drawing(shown.form, shown.answers, shown.computed, context, [], language, _)
        # All of them: whoever writes the form must see the questions that wait for an answer too.
        views = tuple(replace(view, is_asked=True) for view in questions_of(drawing, section))
        waits = {one.id: _waits_for(shown.form, one.show_when, language) for one in section.questions if one.show_when}
        section_waits = _waits_for(shown.form, section.show_when, language)
    return Preview(shown.form, section, language, views, waits, section_waits)


def _one_entry_each(form: Form, context: Context) -> dict[str, list[str]]:
    first = list(context.members)[:1]
    repeated = [(section.id, section.repeat) for section in form.sections if section.repeat]
    return {repeat.for_each or section_id: first if repeat.for_each else ["1"] for section_id, repeat in repeated}


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Let what is drawn within be in the language, whatever that of the page is."""
    before = current()
    with force_locale(language):
        g.language = language
        try:
            yield
        finally:
            g.language = before


def _waits_for(form: Form, condition: Condition | None, language: str) -> str:
    if condition is None:
        return ""
    asked = form.question(condition.question)
    label = asked.label.in_language(language)
    if condition.equals is None:
        return str(_("Visas när ”%(question)s” är besvarad.", question=label))
    labels = {choice.id: choice.label.in_language(language) for choice in asked.options.choices}
    words = {True: _("Ja"), False: _("Nej")}
    answer = words[condition.equals] if isinstance(condition.equals, bool) else labels.get(condition.equals, "")
    return str(_("Visas när svaret på ”%(question)s” är ”%(answer)s”.", question=label, answer=answer))
