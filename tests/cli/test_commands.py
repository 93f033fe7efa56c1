"""The command: what each says, with which exit code, and that faults are a line and not a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document as WordDocument

import document_templates
from paragraf.cli import COMMANDS, main
from paragraf.core import log
from paragraf.core.migrating import newest
from paragraf.core.settings import Settings
from paragraf.post.operations import Recipient, write_letter
from paragraf.register.models import Direction, DocumentKind, MatterKind
from paragraf.register.operations import file_document, open_matter
from paragraf.templates.operations import add_version, use_version
from tests.parts.world import NOW, World

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setenv("PARAGRAF_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PARAGRAF_SECRET_KEY", "test")

    def call(*words: str, database: str | None = None) -> Result:
        if database:
            monkeypatch.setenv("PARAGRAF_DATABASE_URL", database)
        return CliRunner().invoke(main, list(words))

    return call


def test_help_lists_every_command_and_loads_neither_flask_nor_sqlalchemy() -> None:
    code = (
        "import sys; from paragraf.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print('heavy:', sorted({'flask', 'sqlalchemy', 'jinja2', 'lxml'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "heavy: []" in said
    for name in COMMANDS:
        assert f"  {name} " in said


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, run: Run) -> None:
    told = run(name, "--help")
    assert told.exit_code == 0
    assert "Usage:" in told.output


def test_a_missing_key_is_told_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARAGRAF_SECRET_KEY")
    told = run("db", "upgrade")
    assert told.exit_code == 1
    assert "PARAGRAF_SECRET_KEY is not set" in told.output
    assert "Traceback" not in told.output


@pytest.mark.parametrize(("name", "text"), [("WORKERS", "två"), ("DEMO", "kanske")])
def test_an_unreadable_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    monkeypatch.setenv(f"PARAGRAF_{name}", text)
    told = run("db", "current")
    assert told.exit_code == 1
    assert f"PARAGRAF_{name} must be" in told.output


def test_a_database_is_created_and_told(run: Run) -> None:
    assert "There is no database" in run("db", "current").output
    assert run("db", "upgrade").exit_code == 0
    assert run("db", "current").output == f"{newest()} (newest: {newest()})\n"


def test_commands_refuse_a_database_that_is_not_upgraded(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "paragraf.sqlite3").touch()
    assert "empty" in run("db", "current").output
    told = run("log", "verify")
    assert told.exit_code == 1
    assert "paragraf db upgrade" in told.output


def test_the_log_is_verified(run: Run, world: World, settings: Settings) -> None:
    with world.database.writing() as session:
        log.record(session, world.north.id, "try", "thing", now=NOW, actor="Prov")
    told = run("log", "verify", database=settings.database)
    assert told.exit_code == 0
    assert "Samordningsförbundet Norrdal: whole" in told.output


def test_the_outbox_lists_letters_without_their_text(run: Run, world: World, settings: Settings) -> None:
    with world.database.writing() as session:
        write_letter(
            session,
            association_id=world.north.id,
            room="people",
            kind="sign_in",
            key="k",
            to=Recipient("Maj", "maj@norrdal.example", "sv"),
            fields={"address": "http://hemlig", "minutes": 30},
            now=NOW,
            secret=True,
        )
    told = run("outbox", "list", database=settings.database)
    assert "maj@norrdal.example" in told.output
    assert "waiting" in told.output
    assert "hemlig" not in told.output


def test_a_document_of_the_register_is_known_and_a_changed_one_is_not(
    run: Run, world: World, settings: Settings, tmp_path: Path
) -> None:
    with world.database.writing() as session:
        matter = open_matter(
            session,
            association_id=world.north.id,
            kind=MatterKind.OTHER,
            title="Prov",
            counterpart="",
            now=NOW,
            actor="Prov",
        )
        file_document(
            session,
            association_id=world.north.id,
            matter=matter,
            kind=DocumentKind.ATTACHMENT,
            direction=Direction.IN,
            title="Bilagan",
            filename="b.pdf",
            media_type="application/pdf",
            content=b"%PDF-1.7 prov",
            now=NOW,
            actor="Prov",
        )
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 prov")
    told = run("verify", str(tmp_path / "b.pdf"), database=settings.database)
    assert told.exit_code == 0
    assert "matter 2026/1: Bilagan" in told.output
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 proV")
    told = run("verify", str(tmp_path / "b.pdf"))
    assert told.exit_code == 1
    assert "Unknown" in told.output


def test_reminders_of_a_period_that_ends_before_it_begins(run: Run, world: World, settings: Settings) -> None:
    told = run("reminders", "due", "--from", "2026-02-01", "--to", "2026-01-01", database=settings.database)
    assert told.exit_code == 1
    assert "slutar innan den börjar" in told.output


def test_the_list_of_a_period_is_written_as_word(run: Run, world: World, settings: Settings, tmp_path: Path) -> None:
    days, out = ("--from", "2026-01-01", "--to", "2026-12-31"), str(tmp_path / "lista.docx")
    told = run("reminders", "list", *days, "--association", "norrdal", out, database=settings.database)
    assert (told.exit_code, told.output) == (0, f"{out} is written.\n")
    printed = [each.text for each in WordDocument(out).paragraphs]
    assert "Inget att göra under perioden." in printed
    assert "1 januari – 31 december 2026" in printed
    wrong = run("reminders", "list", *days, "--association", "ingen", out, database=settings.database)
    assert wrong.exit_code == 1
    assert "inget förbund" in wrong.output


def test_reminders_as_json_is_a_list(run: Run, world: World, settings: Settings) -> None:
    told = run("reminders", "due", "--from", "2026-01-01", "--to", "2026-12-31", "--json", database=settings.database)
    assert json.loads(told.output) == []


@pytest.mark.parametrize("kind", document_templates.KINDS)
def test_the_shipped_templates_pass_the_check(run: Run, tmp_path: Path, kind: str) -> None:
    (tmp_path / "mall.docx").write_bytes(document_templates.load(kind))
    assert run("template", "check", str(tmp_path / "mall.docx"), "--kind", kind).exit_code == 0


def template_with(text: str, place: Path) -> Path:
    made = WordDocument()
    made.add_paragraph(text)
    made.save(str(place))
    return place


def test_a_template_with_an_unknown_field_is_told_with_the_nearest_name(run: Run, tmp_path: Path) -> None:
    mall = template_with("Protokoll för {{ bodi_name }}", tmp_path / "mall.docx")
    told = run("template", "check", str(mall), "--kind", "minutes")
    assert told.exit_code == 1
    assert "bodi_name" in told.output
    assert "Traceback" not in told.output


def test_faults_that_only_filling_shows_and_remarks_are_told(run: Run, tmp_path: Path) -> None:
    empty = template_with("{{ signers[0].name }}", tmp_path / "tom.docx")
    told = run("template", "check", str(empty), "--kind", "minutes")
    assert told.exit_code == 1
    assert "[empty]" in told.output
    bare = template_with("{{ body }}", tmp_path / "kal.docx")
    told = run("template", "check", str(bare), "--kind", "minutes")
    assert told.exit_code == 0
    assert "Se över: Protokollet kommer att sakna besluten" in told.output


def test_templates_in_use_are_listed(run: Run, world: World, settings: Settings) -> None:
    with world.database.writing() as session:
        given = {"association_id": world.north.id, "kind": "minutes", "now": NOW, "actor": "Sonja Ekvall"}
        content = document_templates.load("minutes")
        version, _ = add_version(session, filename="a.docx", content=content, remark="", **given)  # type: ignore[arg-type]
        use_version(session, version=version, **given)  # type: ignore[arg-type]
    told = run("template", "list", "--association", "norrdal", database=settings.database)
    lines = told.output.splitlines()
    assert len(lines) == len(document_templates.KINDS)
    (minutes,) = (line for line in lines if " minutes " in line)
    assert minutes.endswith("1  since 2026-03-02T09:00:00+00:00 by Sonja Ekvall")
    assert "notice_of_meeting         0" in told.output


def test_a_template_is_filled_with_data(run: Run, tmp_path: Path) -> None:
    mall = template_with("Hej {{ namn }} & Co", tmp_path / "mall.docx")
    (tmp_path / "data.json").write_text('{"namn": "Åsa <ä>"}', encoding="utf-8")
    assert run("word", "fill", str(mall), str(tmp_path / "data.json"), str(tmp_path / "ut.docx")).exit_code == 0
    assert [each.text for each in WordDocument(str(tmp_path / "ut.docx")).paragraphs] == ["Hej Åsa <ä> & Co"]


@pytest.mark.parametrize("data", ["[1]", "{inte json", "{}"])
def test_data_that_does_not_fit_is_told(run: Run, tmp_path: Path, data: str) -> None:
    mall = template_with("Hej {{ namn }}", tmp_path / "mall.docx")
    (tmp_path / "data.json").write_text(data)
    told = run("word", "fill", str(mall), str(tmp_path / "data.json"), str(tmp_path / "ut.docx"))
    assert told.exit_code == 1
    assert told.output.startswith("Error: ")
    assert not (tmp_path / "ut.docx").exists()


def test_two_word_files_are_compared_and_settled(run: Run, tmp_path: Path) -> None:
    old, new, out, back = (tmp_path / f"{name}.docx" for name in ("old", "new", "out", "back"))
    for place, said in ((old, "Ett gammalt ord."), (new, "Ett nytt ord.")):
        document = WordDocument()
        document.add_paragraph(said)
        document.save(str(place))
    told = run("word", "compare", str(old), str(new), str(out), "--author", "Maj Ek")
    assert (told.exit_code, told.output) == (0, "")
    for verb, said in (("accept", "Ett nytt ord."), ("reject", "Ett gammalt ord.")):
        assert run("word", verb, str(out), str(back)).exit_code == 0
        assert WordDocument(str(back)).paragraphs[0].text == said


@pytest.mark.parametrize("words", [("compare", "{wrong}", "{wrong}"), ("accept", "{wrong}"), ("reject", "{wrong}")])
def test_comparing_what_is_no_word_file_is_told_in_one_line(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    wrong = tmp_path / "wrong.docx"
    wrong.write_bytes(b"no zip")
    told = run("word", *(word.format(wrong=wrong) for word in words), str(tmp_path / "out.docx"))
    assert told.exit_code == 1
    assert "inget Word-dokument" in told.output
    assert not (tmp_path / "out.docx").exists()
