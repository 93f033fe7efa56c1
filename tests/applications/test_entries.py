"""Entries of a repeated section in an application: saved, added, taken away and taken back, with nothing lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from paragraf.applications import operations
from paragraf.applications.filled import answers_at, filled
from paragraf.applications.models import Application
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from tests.parts.world import NOW, Home, World
from tests.questions.annexed import ANNEXED


@pytest.fixture
def home(world: World) -> Home:
    return world.north


@pytest.fixture
def session(world: World, home: Home) -> Iterator[Session]:
    with world.database.new_session(writes=True) as opened:
        operations.publish_form(opened, association_id=home.id, source_text=ANNEXED, now=NOW, actor="Sonja Ekvall")
        yield opened


@pytest.fixture
def application(session: Session, home: Home) -> Application:
    return operations.start(
        session, association=home.association, family_key="annexed", email="y@g.example", language="sv", now=NOW
    )


def save(session: Session, application: Application, section: str, base: int | None = None, **raw: object) -> None:
    answers = {f"{section}-{name}": value for name, value in raw.items()}
    operations.save_section(
        session,
        application,
        section_id=section,
        raw=answers,
        base_version=application.version if base is None else base,
        now=NOW,
    )


def sections(session: Session, application: Application) -> list[str]:
    shown = filled(session, application, local_date(NOW))
    return [section.id for section, _state in shown.sections if section.repeated]


def test_each_entry_has_answers_of_its_own(session: Session, application: Application) -> None:
    assert sections(session, application) == ["annex-1"]
    assert operations.add_entry(session, application, "annex", now=NOW) == "annex-2"
    save(session, application, "annex-1", municipality="Granvik")
    save(session, application, "annex-2", municipality="Ekdala", annex_budget={"staff": {"2027": "1 000"}})
    shown = filled(session, application, local_date(NOW))
    assert [section.title.sv for section, _state in shown.sections if section.repeated] == [
        "Kommunens bilaga: Granvik",
        "Kommunens bilaga: Ekdala",
    ]
    assert shown.facts.amount == 100_000
    assert shown.answers["annex"] == ["1", "2"]


def test_an_entry_that_is_taken_away_keeps_its_answers_and_comes_back(
    session: Session, application: Application
) -> None:
    operations.add_entry(session, application, "annex", now=NOW)
    save(session, application, "annex-2", municipality="Ekdala")
    operations.remove_entry(session, application, "annex", "2", now=NOW)
    assert sections(session, application) == ["annex-1"]
    assert answers_at(session, application, application.version)["annex-2-municipality"] == "Ekdala"
    assert operations.add_entry(session, application, "annex", now=NOW) == "annex-3"
    assert operations.add_entry(session, application, "annex", entry="2", now=NOW) == "annex-2"
    assert sections(session, application) == ["annex-1", "annex-3", "annex-2"]


def test_what_is_written_in_an_entry_that_another_takes_away_is_saved(
    session: Session, application: Application
) -> None:
    operations.add_entry(session, application, "annex", now=NOW)
    save(session, application, "annex-2", municipality="Ekdala")
    seen = application.version
    operations.remove_entry(session, application, "annex", "2", now=NOW)
    save(session, application, "annex-2", base=seen, stated="900")
    assert answers_at(session, application, application.version)["annex-2-stated"] == 90_000
    assert sections(session, application) == ["annex-1"]


def test_the_bounds_of_the_form_hold(session: Session, application: Application) -> None:
    with pytest.raises(RuleBroken, match="Minst 1"):
        operations.remove_entry(session, application, "annex", "1", now=NOW)
    for _more in range(2):
        operations.add_entry(session, application, "annex", now=NOW)
    with pytest.raises(RuleBroken, match="Det finns redan 3"):
        operations.add_entry(session, application, "annex", now=NOW)
    for section in ("contribution", "common", "gone"):
        with pytest.raises(NotThere):
            operations.add_entry(session, application, section, now=NOW)
    with pytest.raises(NotThere):
        save(session, application, "annex-9", municipality="Norrby")


def test_one_section_for_each_party_that_is_chosen(session: Session, application: Application, home: Home) -> None:
    chosen = [str(home.region.id), str(home.municipality.id)]
    operations.save_section(session, application, section_id="common", raw={"parties": chosen}, base_version=0, now=NOW)
    assert sections(session, application)[1:] == [f"contribution-{one}" for one in _by_name(session, application)]
    save(session, application, f"contribution-{home.region.id}", gives="Lokaler")
    assert filled(session, application, local_date(NOW)).answers[f"contribution-{home.region.id}-gives"] == "Lokaler"


def _by_name(session: Session, application: Application) -> list[str]:
    shown = filled(session, application, local_date(NOW))
    return [one for one in shown.context.members if one in shown.facts.parties]


def test_the_number_of_another_member_is_told_from_the_register(
    session: Session, application: Application, home: Home
) -> None:
    members = filled(session, application, local_date(NOW)).context.members
    assert members[str(home.municipality.id)].number == home.municipality.organisation_number
