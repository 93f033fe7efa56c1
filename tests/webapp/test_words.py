"""Everything that the log and the rows can say has its words on pages; nobody is shown a word of the code."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
from flask import Flask
from sqlalchemy import select

from forms.clauses import VERBS
from forms.meetings import ItemForm, MeetingForm
from paragraf.agreements.rules import AgreementState
from paragraf.applications.rules import State as ApplicationState
from paragraf.core import log
from paragraf.core.database import Database
from paragraf.core.errors import RuleBroken
from paragraf.core.log import LogEntry
from paragraf.duties.rules import DutyState, ReminderState
from paragraf.meetings.models import ItemKind, MeetingMode
from paragraf.meetings.rules import State as MeetingState
from paragraf.minutes.models import Verb
from paragraf.people.acts import Row
from paragraf.signing.rules import RoundState, SignatoryState
from webapp import create_app
from webapp.language import told as told_on_page
from webapp.minutes.words import ROUND, SIGNATORY
from webapp.words import ACTS, DUTY_ACTS, WORDS, act

ROOT = Path(__file__).parents[2]
PLACE = re.compile(r"%\((\w+)\)s")
#: A day as the log keeps it, a name of the code, a place that was not filled.
CODE = re.compile(r"sista dag \d{4}|[a-z]_[a-z]|%\(")


#: The subject of an act that is about whatever row it is given: the words stand under each table that it can be.
ANY = "*"


@dataclass(frozen=True)
class Said:
    """One line of code that writes to the log: ``subject`` is None where the act can be about several things."""

    where: str
    verb: str
    subject: str | None
    #: What the entry tells; None where the code does not say it name by name.
    told: frozenset[str] | None


@dataclass(frozen=True)
class Wrapper:
    """A function that passes a verb on to the log for others."""

    verb_at: int
    subject: str | None
    told: frozenset[str]
    #: Which argument is the subject, where the caller says it.
    subject_at: int | None = None


def modules() -> Iterator[tuple[ModuleType, ast.Module]]:
    for path in sorted((ROOT / "paragraf").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if "migrations" not in name and ("log." in (code := path.read_text()) or "record" in code or "_log" in code):
            yield importlib.import_module(name), ast.parse(code)


def called(module: ModuleType, call: ast.Call) -> object:
    """The function that a call means, as far as names tell."""
    match call.func:
        case ast.Name(name):
            return getattr(module, name, None)
        case ast.Attribute(ast.Name(owner), name):
            return getattr(getattr(module, owner, None), name, None)
    return None


def words_of(module: ModuleType, function: ast.FunctionDef, node: ast.expr) -> list[str] | None:
    """What an argument can be: a constant, a name of one, or text with a member of an enumeration in it."""
    match node:
        case ast.Constant(str(text)):
            return [text]
        case ast.Name(name) if isinstance(getattr(module, name, None), str):
            return [getattr(module, name)]
        case ast.Attribute(ast.Name(owner), name) if isinstance(getattr(getattr(module, owner, None), name, None), str):
            return [getattr(getattr(module, owner), name)]
        case ast.JoinedStr([ast.Constant(str(begins)), ast.FormattedValue(ast.Attribute(ast.Name(name), "value"))]):
            kinds = {one.arg: one.annotation for one in (*function.args.args, *function.args.kwonlyargs)}
            kind = kinds[name]
            assert isinstance(kind, ast.Name)
            return [begins + member.value for member in getattr(module, kind.id)]
    return None


def subject_of(module: ModuleType, function: ast.FunctionDef, node: ast.expr) -> str | None:
    """What the act is about, where the code says it."""
    if isinstance(node, ast.Attribute) and node.attr == "__tablename__":
        return ANY
    subjects = words_of(module, function, node)
    return subjects[0] if subjects else None


def place_of(names: list[str], node: ast.expr) -> int | None:
    """Which argument of the function the node is, if it is one."""
    return names.index(node.id) if isinstance(node, ast.Name) and node.id in names else None


def told(call: ast.Call) -> frozenset[str]:
    return frozenset(word.arg for word in call.keywords if word.arg) - {"now", "actor", "matter_id"}


def is_plain(call: ast.Call) -> bool:
    """Whether every detail is named."""
    return all(word.arg for word in call.keywords)


def calls() -> Iterator[tuple[ModuleType, ast.FunctionDef, ast.Call]]:
    for module, tree in modules():
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                yield module, function, call


def said() -> list[Said]:
    """Every act that the operations record."""
    found: list[Said] = []
    wrappers: dict[object, Wrapper] = {}
    every = list(calls())
    for module, function, call in every:
        if called(module, call) is log.record:
            verbs = words_of(module, function, call.args[2])
            subject = subject_of(module, function, call.args[3])
            if verbs is None:
                names = [one.arg for one in function.args.args]
                assert isinstance(call.args[2], ast.Name)
                wrappers[getattr(module, function.name)] = Wrapper(
                    names.index(call.args[2].id), subject, told(call), place_of(names, call.args[3])
                )
            else:
                names_told = told(call) if is_plain(call) else None
                found += [Said(f"{module.__name__}.{function.name}", verb, subject, names_told) for verb in verbs]
    for module, function, call in every:
        if (wrapper := wrappers.get(called(module, call))) is not None:
            verbs = words_of(module, function, call.args[wrapper.verb_at])
            assert verbs is not None, f"{module.__name__}.{function.name}: a verb that cannot be read"
            names_told = wrapper.told | told(call) if is_plain(call) else None
            about = wrapper.subject
            if wrapper.subject_at is not None:
                about = subject_of(module, function, call.args[wrapper.subject_at])
            found += [Said(f"{module.__name__}.{function.name}", verb, about, names_told) for verb in verbs]
    return found


SAID = said()


def text_of(one: Said) -> str | None:
    if one.subject == ANY:
        tables = {kind.__tablename__ for kind in get_args(Row)}
        found_any = [words for (verb, subject), words in ACTS.items() if verb == one.verb and subject in tables]
        return str(found_any[0]) if found_any else None
    found = DUTY_ACTS.get(one.verb) if one.subject is None else ACTS.get((one.verb, one.subject))
    return None if found is None else str(found)


def test_the_acts_are_found_in_the_code() -> None:
    acts = {(one.verb, one.subject) for one in SAID}
    assert {
        ("open", "matter"),
        ("plan", "meeting"),
        ("sign", "signatory"),
        ("condition_met", "application"),
        ("verify", "minutes"),
        ("remind", "signature_round"),
        ("remind", None),
    } <= acts


@pytest.mark.parametrize("one", SAID, ids=lambda one: f"{one.verb}-{one.subject}")
def test_an_act_has_words_that_name_only_what_is_told(one: Said) -> None:
    text = text_of(one)
    assert text is not None, f"{one.where} records ({one.verb!r}, {one.subject!r}): give it words in webapp/words.py"
    if one.told is not None and one.subject != ANY:
        assert set(PLACE.findall(text)) <= one.told, one.where


def test_no_words_are_kept_for_acts_that_nobody_records() -> None:
    acts = {(one.verb, one.subject) for one in SAID if one.subject != ANY}
    of_any_row = {one.verb for one in SAID if one.subject == ANY}
    kept = {act for act in ACTS if act in acts or act[0] not in of_any_row}
    assert kept | {(verb, None) for verb in DUTY_ACTS} == acts


@pytest.fixture
def pages(demonstration: Database) -> Iterator[Flask]:
    app = create_app(demonstration.settings)
    with app.test_request_context("/"):
        yield app


@pytest.mark.usefixtures("pages")
def test_the_demonstrations_history_is_told_without_code(demonstration: Database) -> None:
    with demonstration.reading() as session:
        lines = {act(entry) for entry in session.scalars(select(LogEntry))}
    assert len(lines) > 50
    assert not [line for line in lines if not line[0].isupper() or CODE.search(line)]


@pytest.mark.usefixtures("pages")
def test_a_day_in_the_history_is_told_as_people_write_it() -> None:
    details = {"board": "Norrdals kommun", "on": "2026-04-09"}
    entry = LogEntry(verb="record_posting", subject="minutes", details=details)
    assert act(entry) == "Anslaget är uppsatt hos Norrdals kommun 9 april 2026"


@pytest.mark.usefixtures("pages")
def test_a_day_in_a_message_is_told_as_people_write_it() -> None:
    assert told_on_page(RuleBroken("Avgjort den %(day)s.", day=date(2026, 4, 9))) == "Avgjort den 9 april 2026."


# --- the words of rows -----------------------------------------------------------------------------------------------


def choices(*pairs: tuple[str, Any]) -> dict[str, str]:
    return {value: str(words) for value, words in pairs}


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_member_has_a_word(kind: type[StrEnum]) -> None:
    assert set(WORDS[kind]) == set(kind)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (RoundState, ROUND),
        (SignatoryState, SIGNATORY),
        (Verb, choices(*VERBS.items())),
        (MeetingMode, choices(*((one.value, one.label) for one in MeetingForm.mode.kwargs["choices"]))),
        (ItemKind, choices(*((one.value, one.label) for one in ItemForm.kind.kwargs["choices"]))),
    ],
    ids=["round", "signatory", "verb", "mode", "item"],
)
def test_every_member_can_be_read_or_chosen(kind: type[StrEnum], words: Mapping[str, str]) -> None:
    assert {str(one) for one in words} == {one.value for one in kind}


def agreement_state(app: Flask, state: StrEnum) -> str:
    return app.jinja_env.get_template("agreements/_state.html").render(state=state)


def meeting_state(app: Flask, state: StrEnum) -> str:
    return app.jinja_env.get_template("meetings/_state.html").render(state=state)


def reminder_state(app: Flask, state: StrEnum) -> str:
    source = '{% from "macros/duties.html" import reminder_state %}{{ reminder_state({"state": state}) }}'
    return app.jinja_env.from_string(source).render(state=state)


def application_state(app: Flask, state: StrEnum) -> str:
    source = '{% from "applications/granted.html" import state_tag %}{{ state_tag(state) }}'
    return app.jinja_env.from_string(source).render(state=state)


@pytest.mark.parametrize(
    ("kind", "drawn"),
    [
        (AgreementState, agreement_state),
        (MeetingState, meeting_state),
        (ReminderState, reminder_state),
        (set(ApplicationState) - {ApplicationState.DRAFT}, application_state),
    ],
    ids=["agreement", "meeting", "reminder", "application"],
)
def test_every_state_is_drawn_with_a_word_of_its_own(
    pages: Flask, kind: type[StrEnum], drawn: Callable[[Flask, StrEnum], str]
) -> None:
    words = [re.sub(r"<[^>]+>", "", drawn(pages, state)).strip() for state in kind]
    assert all(words)
    assert len(set(words)) == len(words)


def test_every_state_of_a_duty_has_a_colour_beside_its_words(pages: Flask) -> None:
    source = '{% from "macros/duties.html" import duty_state with context %}{{ duty_state(state, words) }}'
    template = pages.jinja_env.from_string(source)
    for state in DutyState:
        assert "Klar" in template.render(state=state, words="Klar", told=str)
