"""Shapes of the meeting pages: the meeting, an agenda item, who comes and leaves when."""

from __future__ import annotations

import re
from datetime import time

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import TextInput

from paragraf.core.errors import RuleBroken
from paragraf.core.printing import print_time
from paragraf.core.written_dates import parse_time


class ClockField(Field):
    """A time of day as people type it: ``11.30``, ``11:30``, ``1130`` or ``11``; ``data`` is a ``time`` or None.

    Plain text and not a time picker, which shows 1:30 PM to everyone whose browser is in English.
    """

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return print_time(self.data, str(get_locale())) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; WTForms shows the ValueError at the field."""
        self.data: time | None = None
        typed = valuelist[0].strip().replace(",", ".") if valuelist else ""
        if match := re.fullmatch(r"(\d{1,2})(\d\d)?", typed, re.ASCII):
            typed = f"{match[1]}.{match[2] or '00'}"
        if typed:
            try:
                self.data = parse_time(typed).replace(second=0, microsecond=0)
            except RuleBroken:
                raise ValueError(_("Skriv klockslaget så här: 11.30.")) from None


def _strip(text: str | None) -> str | None:
    return text.strip() if text else text


#: A phone shows digits and a point.
CLOCK = {"inputmode": "decimal", "autocomplete": "off"}


class MeetingForm(FlaskForm):  # type: ignore[misc]
    """When and where a body meets. ``body_id`` gets its choices from the view, and is left out when a meeting moves."""

    body_id = SelectField(_l("Vem sammanträder?"), coerce=int, validators=[InputRequired()])
    day = DateField(_l("Dag"), validators=[InputRequired(_l("Ange dagen, till exempel 2026-04-09."))])
    starts = ClockField(
        _l("Börjar"),
        render_kw=CLOCK,
        validators=[DataRequired(_l("Ange när sammanträdet börjar, till exempel 09.00."))],
    )
    ends = ClockField(
        _l("Slutar"),
        render_kw=CLOCK,
        validators=[DataRequired(_l("Ange när sammanträdet slutar, till exempel 12.00."))],
    )
    place = StringField(
        _l("Plats"),
        description=_l("Lokal och adress, eller hur man ansluter på distans."),
        filters=[_strip],
        validators=[InputRequired(_l("Skriv var sammanträdet hålls.")), Length(max=200)],
    )
    mode = SelectField(
        _l("Form"),
        choices=[
            SelectChoice("in_person", _l("På plats")),
            SelectChoice("distance", _l("På distans")),
            SelectChoice("mixed", _l("På plats och på distans")),
        ],
        validators=[InputRequired()],
    )


class CancelForm(FlaskForm):  # type: ignore[misc]
    """Why a meeting is cancelled."""

    reason = StringField(
        _l("Varför ställs sammanträdet in?"),
        description=_l("Skälet står i mejlet till dem som är kallade."),
        filters=[_strip],
        validators=[InputRequired(_l("Skriv varför sammanträdet ställs in.")), Length(max=300)],
    )


class ItemTextForm(FlaskForm):  # type: ignore[misc]
    """What an agenda item says."""

    kind = SelectField(
        _l("Slag av punkt"),
        choices=[
            SelectChoice("decision", _l("Beslut")),
            SelectChoice("information", _l("Information")),
            SelectChoice("report", _l("Rapport")),
            SelectChoice("question", _l("Övrig fråga")),
        ],
        validators=[InputRequired()],
    )
    heading = StringField(
        _l("Rubrik"), filters=[_strip], validators=[InputRequired(_l("Skriv en rubrik.")), Length(max=300)]
    )
    background = TextAreaField(
        _l("Bakgrund"),
        description=_l("Det som ledamöterna behöver veta. Tom rad ger nytt stycke."),
        validators=[Optional(), Length(max=100_000)],
    )
    proposal = TextAreaField(
        _l("Förslag till beslut"),
        description=_l("En att-sats på varje rad, till exempel: att bevilja ansökan."),
        validators=[Optional(), Length(max=20_000)],
    )


class ItemForm(ItemTextForm):
    """An agenda item. ``version`` is the version that the writer saw."""

    version = HiddenField(default="0")

    def validate_version(self, field: HiddenField) -> None:
        """Only the page itself fills it in."""
        if not str(field.data or "").isdigit():
            raise ValidationError("version")


class PlaceForm(FlaskForm):  # type: ignore[misc]
    """Where on the agenda an item is moved to."""

    place = IntegerField(validators=[InputRequired()])


class SendForm(FlaskForm):  # type: ignore[misc]
    """The calendar sequence that the sender saw, so that a double click sends once."""

    sequence = IntegerField(validators=[InputRequired()])
    with_files = RadioField(
        _l("Vad ska mejlet innehålla?"),
        choices=[
            SelectChoice("yes", _l("Kallelsen och bilagorna som filer")),
            SelectChoice("no", _l("Bara tid, plats och en länk. Dagordningen läses efter inloggning.")),
        ],
        default="yes",
        validate_choice=False,
        validators=[Optional()],
    )
