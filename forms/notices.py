"""Shapes of the office's pages about notices: when a board put it up, took it down, or would not have it."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, StringField
from wtforms.validators import InputRequired, Length


class DayForm(FlaskForm):  # type: ignore[misc]
    """The day on which a notice was put up."""

    day = DateField(_l("Dag"), validators=[InputRequired(_l("Ange dagen, till exempel 2026-04-13."))])

    @property
    def chosen(self) -> date:
        """The day of a form that was found valid."""
        assert self.day.data is not None
        return self.day.data


class TakeDownForm(DayForm):
    """The day on which a notice was taken down, and whether that was before the time was out."""

    too_early = BooleanField(_l("Det togs ner innan tiden var ute"))


class AskBoardForm(FlaskForm):  # type: ignore[misc]
    """To whom the request to put up a notice goes."""

    address = StringField(
        _l("E-post till den som har hand om tavlan"),
        validators=[InputRequired(_l("Skriv adressen, till exempel namn@exempel.se.")), Length(max=254)],
        render_kw={"type": "email", "maxlength": 254, "autocomplete": "off"},
    )


class RefuseForm(DayForm):
    """The day on which a board said no, and why."""

    reason = StringField(
        _l("Skäl"),
        validators=[InputRequired(_l("Skriv vilket skäl tavlan gav.")), Length(max=300)],
        render_kw={"maxlength": 300, "autocomplete": "off"},
    )
