"""The plain applications: the same fields by WTForms in one template, and the same answers stored as one JSON."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import flask
import sqlalchemy as sa
import wtforms
from flask.testing import FlaskClient
from flask_wtf import CSRFProtect, FlaskForm
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from bench.forms import large

PAGE = """<!doctype html>
<html lang="sv">
{% macro field(one) %}
<div class="field">
  {{ one.label }}
  {% if one.description %}<p class="help" id="{{ one.id }}-hjalp">{{ one.description }}</p>{% endif %}
  {% if one.type == "RadioField" %}
  {% for option in one %}
  <div class="form-check">{{ option(class="form-check-input") }} {{ option.label }}</div>
  {% endfor %}
  {% else %}{{ one(class="form-control", autocomplete="off", **{"aria-describedby": one.id ~ "-hjalp"}) }}{% endif %}
  <p class="error" id="{{ one.id }}-fel"{% if not one.errors %} hidden{% endif %}>{{ one.errors | join(" ") }}</p>
</div>
{% endmacro %}
<head><meta charset="utf-8"><title>Avsnitt</title></head>
<body><main><h1>Avsnitt</h1>
<form method="post">{{ form.hidden_tag() }}
{% for one in form if one.type != "CSRFTokenField" %}{{ field(one) }}{% endfor %}
<button>Spara</button></form></main></body></html>"""


class Base(DeclarativeBase):
    """Rows of the reference."""


class Stored(Base):
    """All answers of one form, as one JSON."""

    __tablename__ = "stored"
    id: Mapped[int] = mapped_column(primary_key=True)
    answers: Mapped[dict[str, Any]] = mapped_column(sa.JSON)


def form_of(page: str, count: int) -> type[FlaskForm]:
    """The page's fields as a WTForms class."""
    fields = {f"{page}_{number}": _field(page, number) for number in range(1, count + 1)}
    return type("Section", (FlaskForm,), fields)


def _field(page: str, number: int) -> Any:
    told: dict[str, Any] = {"label": f"Fråga {number} i {page}", "description": "Skriv det som gäller för er."}
    match large.kind_of(number):
        case "long_text":
            return wtforms.TextAreaField(**told)
        case "date":
            return wtforms.StringField(widget=wtforms.widgets.DateInput(), **told)
        case "yes_no":
            return wtforms.RadioField(choices=[SelectChoice("yes", "Ja"), SelectChoice("no", "Nej")], **told)
        case "choice":
            return wtforms.RadioField(
                choices=[SelectChoice(one, f"Val {one}") for one in ("first", "second", "third")], **told
            )
        case "email":
            return wtforms.EmailField(**told)
        case _:
            return wtforms.StringField(**told)


def app(database: Path, page: str, count: int, answers: Mapping[str, Any]) -> FlaskClient:
    """A bare application: ``GET /`` shows the page filled in, ``POST /`` puts what is sent into the stored JSON."""
    made = flask.Flask(__name__)
    made.secret_key = "plain"
    CSRFProtect(made)
    engine = sa.create_engine(f"sqlite:///{database}")
    event.listen(engine, "connect", _as_ours)
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        session.merge(Stored(id=1, answers=dict(answers)))
    template, kind = made.jinja_env.from_string(PAGE), form_of(page, count)

    @made.get("/")
    def show() -> str:
        with Session(engine) as session:
            stored = session.get_one(Stored, 1).answers
            return template.render(form=kind(data=stored))

    @made.post("/")
    def save() -> flask.Response:
        with Session(engine) as session, session.begin():
            row = session.get_one(Stored, 1)
            # A copy, or SQLAlchemy would not see that the JSON changed.
            stored = copy.copy(row.answers)
            stored.update({name: value for name, value in flask.request.form.items() if name != "csrf_token"})
            row.answers = stored
        return flask.jsonify(saved=True)

    return made.test_client()


def _as_ours(connection: Any, _record: Any) -> None:
    """The same safety as our database has: what was answered is on disk."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()
