"""A form that is not published yet, drawn as applicants will see it, in either language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from flask import g
from flask_babel import force_locale
from flask_babel import gettext as _

from forms.questions import Drawing, QuestionView, questions_of
from paragraf.applications.filled import members_on
from paragraf.core.dates import local_date
from paragraf.questions.computing import compute
from paragraf.questions.context import Context
from paragraf.questions.definition import Condition, Form, Question, Section
from webapp.language import LANGUAGES, current


@dataclass(frozen=True)
class Preview:
    """One section of the form in one language; ``shown_when`` says in words what a question waits for, by its id."""

    form: Form
    section: Section
    language: str
    questions: tuple[QuestionView, ...]
    shown_when: dict[str, str]
    repeats: bool


def preview_of(form: Form, section_id: str, language: str) -> Preview:
    """The section as it looks before anything is answered; the first one for an id that the form does not have."""
    section = next((one for one in form.sections if one.id == section_id), form.sections[0])
    language = language if language in LANGUAGES else current()
    today = local_date(g.now)
    context = Context(members=members_on(g.session, g.association.id, today), start_year=today.year)
    with in_language(language):
        drawing = Drawing(form, {}, compute(form, {}, context), context, [], language, _)
        # All of them: whoever writes the form must see the questions that wait for an answer too.
        views = tuple(replace(view, is_asked=True) for view in questions_of(drawing, section))
        waits = {one.id: _waits_for(form, one, language) for one in section.questions if one.show_when}
    return Preview(form, section, language, views, waits, section.repeat is not None)


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


def _waits_for(form: Form, question: Question, language: str) -> str:
    condition: Condition | None = question.show_when
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
