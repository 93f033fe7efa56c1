"""The plain page that ours is measured against: Flask, one SQLAlchemy query, one Jinja template, and nothing more.

``REFERENCE_BYTES`` says how long the page shall be, so that both servers send as much;
``REFERENCE_DATABASE`` is the path of the SQLite file, made at the start when it is not there.
"""

from __future__ import annotations

import os

import flask
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

ROWS = 20
SOURCE = """<!doctype html>
<html lang="sv">
<head><meta charset="utf-8"><title>{{ title }}</title></head>
<body>
<main><h1>{{ title }}</h1>
<ul>{% for matter in matters %}<li id="m{{ matter.id }}">{{ matter.number }} {{ matter.title }}</li>{% endfor %}</ul>
<p>{{ filling }}</p>
</main>
</body>
</html>"""


class Base(DeclarativeBase):
    """Rows of the reference."""


class Matter(Base):
    """One row of the list that the page shows."""

    __tablename__ = "matter"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    title: Mapped[str]


def create_app(database: str, size: int) -> flask.Flask:
    """An app whose only page is ``size`` bytes long, or as short as its rows allow when that is longer."""
    app = flask.Flask(__name__)
    engine = sa.create_engine(f"sqlite:///{database}")
    _fill(engine)
    template = app.jinja_env.from_string(SOURCE)

    def page(filling: str) -> str:
        with Session(engine) as session:
            matters = session.scalars(sa.select(Matter).order_by(Matter.id).limit(ROWS)).all()
            return template.render(title="Ärenden", matters=matters, filling=filling)

    filling = "x" * (size - len(page("").encode()))
    # A worker that is forked from here must open connections of its own.
    engine.dispose()
    app.add_url_rule("/", "page", lambda: page(filling))
    return app


def _fill(engine: sa.Engine) -> None:
    if sa.inspect(engine).has_table("matter"):
        return
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        session.add_all(Matter(number=f"2026/{number}", title="Ansökan om medel") for number in range(1, ROWS + 1))


if "REFERENCE_DATABASE" in os.environ:
    app = create_app(os.environ["REFERENCE_DATABASE"], int(os.environ.get("REFERENCE_BYTES", "0")))
