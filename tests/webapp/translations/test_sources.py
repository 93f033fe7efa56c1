"""Which texts are found, and which are named because they would be missed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from webapp.translations.sources import Messages, sources

ERRORS = """
    class RuleBroken(Exception):
        def __init__(self, message: str, *, field: str | None = None, **values: object) -> None:
            self.message = message

    class NotThere(RuleBroken):
        pass
"""
Write = Callable[..., Path]


@pytest.fixture
def project(tmp_path: Path) -> Write:
    """``project({path: text})``: a project with these files and the errors that every project has."""

    def write(files: dict[str, str]) -> Path:
        for name, text in {"paragraf/core/errors.py": ERRORS, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")
        return tmp_path

    return write


def test_texts_of_templates_are_found_in_expressions_and_attributes(project: Write) -> None:
    page = """<p title="{{ _('Titel') }}">{{ _("%(n)s av %(all)s", n=3, all="alla") }} {{ _(each.reason) }}</p>
        {% trans %}Hela{% endtrans %}"""
    assert sources(project({"webapp/templates/a.html": page})) == {"Titel", "%(n)s av %(all)s", "Hela"}


def test_singular_and_plural_are_one_text(project: Write) -> None:
    page = '{{ ngettext("%(num)s brev", "%(num)s brevs", n) }}'
    assert sources(project({"webapp/templates/a.html": page})) == {("%(num)s brev", "%(num)s brevs")}


def test_a_template_that_cannot_be_read_is_an_error_and_not_an_empty_page(project: Write) -> None:
    with pytest.raises(Exception, match="end of"):
        sources(project({"webapp/templates/a.html": "{{ _('Titel'"}))


def test_strings_inside_the_arguments_of_a_text_are_no_texts(project: Write) -> None:
    code = """
        _(row["reason"])
        _("%(name)s", name=row["name"])
        ngettext("%(num)s dag", "%(num)s dagar", row["days"])
    """
    assert sources(project({"forms/a.py": code})) == {"%(name)s", ("%(num)s dag", "%(num)s dagar")}


def test_texts_of_code_are_found_where_they_are_wrapped(project: Write) -> None:
    code = """
        flash(_("Sparat."))
        label = _l("Namn")
        table = {1: N_("Klart")}
        logger.info("not a text")
    """
    assert sources(project({"forms/a.py": code})) == {"Sparat.", "Namn", "Klart"}


def test_messages_of_errors_and_of_their_kinds_are_found(project: Write) -> None:
    code = """
        class Own(NotThere):
            def __init__(self) -> None:
                super().__init__("Den egna.")

        raise RuleBroken("Den första, "
                         "i två delar.", field="name")
        raise errors.NotThere("Den andra.")
        raise RuleBroken("Ett" if one else "Flera")
        raise Own()
    """
    found = sources(project({"paragraf/people/a.py": code}))
    assert found == {"Den egna.", "Den första, i två delar.", "Den andra.", "Ett", "Flera"}


def test_messages_of_dataclasses_are_found_by_place_and_by_name(project: Write) -> None:
    code = """
        @dataclass
        class Fault:
            line: int
            message: str

        Fault(1, "På plats två")
        Fault(line=1, message="Vid namn")
        Fault(1)
    """
    assert sources(project({"paragraf/word/a.py": code})) == {"På plats två", "Vid namn"}


def test_messages_that_a_function_hands_on_are_found(project: Write) -> None:
    code = """
        class Reader:
            def fault(self, where: int, message: str) -> None:
                self.faults.append(RuleBroken(message))

        def _needed(value: str, *, message: str) -> RuleBroken:
            return RuleBroken(message)

        reader.fault(1, "Av metoden")
        _needed("inte denna", message="Av funktionen")
    """
    assert sources(project({"paragraf/word/a.py": code})) == {"Av metoden", "Av funktionen"}


def test_a_private_function_is_known_in_its_module_only(project: Write) -> None:
    mine = "def _at(message: str) -> None: ..."
    yours = 'def _at(path: str) -> None: ...\n_at("no text")'
    assert sources(project({"paragraf/word/a.py": mine, "paragraf/word/b.py": yours})) == set()


def test_a_class_of_its_own_making_takes_no_message(project: Write) -> None:
    code = """
        class Several(RuleBroken):
            def __init__(self, problems: list[RuleBroken]) -> None:
                super().__init__(problems[0].message)

        Several("no text")
    """
    root = project({"paragraf/word/a.py": code})
    assert sources(root) == set()
    assert Messages.under(root).hidden() == []


@pytest.mark.parametrize(
    "code",
    [
        'told = "Dold"\nraise RuleBroken(told)',
        'raise RuleBroken("Dold " + end)',
        'raise RuleBroken(f"Dold {name}")',
        'raise RuleBroken({1: "Dold"}[state])',
        'class Kind:\n    told: str = "Dold"\nraise RuleBroken(kind.told)',
    ],
)
def test_a_message_that_cannot_be_found_is_named(project: Write, code: str) -> None:
    assert len(Messages.under(project({"paragraf/word/a.py": code})).hidden()) == 1


@pytest.mark.parametrize(
    "code",
    [
        'told = N_("Märkt")\nraise RuleBroken(told)',
        'told = {1: N_("Märkt")}\nraise RuleBroken(told[state])',
        'Kind(told=N_("Märkt"))\nraise RuleBroken(kind.told)',
        'raise RuleBroken(_("Märkt"))',
    ],
)
def test_a_marked_message_is_found(project: Write, code: str) -> None:
    root = project({"paragraf/word/a.py": code})
    assert sources(root) == {"Märkt"}
    assert Messages.under(root).hidden() == []
