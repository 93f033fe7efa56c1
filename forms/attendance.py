"""Shapes of the attendance page: who comes and leaves, by the minute or by the §; jäv; the course of the meeting."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs
from wtforms.validators import InputRequired, Length, Optional

from forms.meetings import CLOCK, ClockField, _strip


class MarkForm(FlaskForm):  # type: ignore[misc]
    """When: a time of day, a §, or both; and for whom a substitute serves."""

    clock = ClockField(_l("Kl."), render_kw=CLOCK)
    item_id = IntegerField(validators=[Optional()])
    serves_for = IntegerField(validators=[Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        """One of the two must be told."""
        good = bool(super().validate(extra_validators))
        if good and self.clock.data is None and self.item_id.data is None:
            self.clock.errors = [_("Ange klockslaget, till exempel 11.30, eller välj en paragraf.")]
            return False
        return good


class ComingForm(MarkForm):
    """Who comes, and whether it is at a distance."""

    person_id = IntegerField(_l("Person"), validators=[InputRequired(_l("Välj vem som kom."))])
    by_distance = BooleanField(_l("På distans"))


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """From which § somebody took part, or until which."""

    item_id = IntegerField(validators=[InputRequired(_l("Välj en paragraf."))])
    came = IntegerField(validators=[InputRequired()])


class CourseForm(FlaskForm):  # type: ignore[misc]
    """When the chair opened and closed the meeting, and how far members took part at a distance."""

    opened = ClockField(_l("Öppnades kl."), render_kw=CLOCK)
    closed = ClockField(_l("Avslutades kl."), render_kw=CLOCK)
    distance_note = StringField(
        _l("Om deltagande på distans"),
        description=_l("Skrivs i protokollet, till exempel: Alla såg och hörde varandra på lika villkor."),
        filters=[_strip],
        validators=[Optional(), Length(max=500)],
    )


class RecusalForm(FlaskForm):  # type: ignore[misc]
    """Who is disqualified in which §, and why."""

    item_id = IntegerField(_l("Paragraf"), validators=[InputRequired(_l("Välj en paragraf."))])
    person_id = IntegerField(_l("Vem?"), validators=[InputRequired(_l("Välj vem som anmäler jäv."))])
    ground = SelectField(
        _l("Grund"),
        choices=[
            SelectChoice("own_interest", _l("Saken rör personen själv eller en närstående")),
            SelectChoice("representative", _l("Företräder den som saken rör")),
            SelectChoice("agent", _l("Har varit ombud i saken")),
            SelectChoice("supervision", _l("Tillsyn över den egna verksamheten")),
            SelectChoice("other", _l("Annan omständighet")),
        ],
        validators=[InputRequired(_l("Välj en grund."))],
    )
    note = StringField(
        _l("Anteckning"),
        description=_l("Skrivs inte ut."),
        filters=[_strip],
        validators=[Optional(), Length(max=500)],
    )


class CalledForm(FlaskForm):  # type: ignore[misc]
    """Which substitute serves for the disqualified one; empty: nobody."""

    substitute_id = IntegerField(validators=[Optional()])


class LeaderForm(FlaskForm):  # type: ignore[misc]
    """Who led the meeting in a §; without a person: whom the rules tell."""

    item_id = IntegerField(validators=[InputRequired(_l("Välj en paragraf."))])
    person_id = IntegerField(validators=[Optional()])


class ExcuseForm(FlaskForm):  # type: ignore[misc]
    """Why somebody cannot come."""

    reason = StringField(
        _l("Skäl"),
        description=_l("Behövs inte. Bara kansliet ser det."),
        filters=[_strip],
        validators=[Optional(), Length(max=300, message=_l("Skälet får vara högst 300 tecken."))],
    )
