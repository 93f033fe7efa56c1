"""Shapes of the delegation pages: a point of the order, its end, a decision made by it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional


class PointForm(FlaskForm):  # type: ignore[misc]
    """A point of the delegation order. ``body_id`` gets its choices from the view."""

    body_id = SelectField(_l("Organ som delegerar"), coerce=int, validators=[InputRequired()])
    number = StringField(
        _l("Punkt"),
        description=_l("Som i delegationsordningen, till exempel 3.2."),
        validators=[InputRequired(_l("Skriv punktens nummer.")), Length(max=20)],
    )
    matters = StringField(
        _l("Grupp av ärenden"),
        description=_l("Till exempel: avtal om lokaler upp till ett prisbasbelopp om året."),
        validators=[InputRequired(_l("Skriv vilken grupp av ärenden punkten gäller.")), Length(max=500)],
    )
    delegate = StringField(
        _l("Vem får besluta?"),
        description=_l("Uppdraget eller personen, till exempel förbundschefen."),
        validators=[InputRequired(_l("Skriv vem som får besluta.")), Length(max=200)],
    )
    source = StringField(
        _l("Beslut som delegationen bygger på"),
        description=_l("Till exempel: styrelsen 2026-02-12 § 8."),
        validators=[InputRequired(_l("Skriv vilket beslut delegationen bygger på.")), Length(max=200)],
    )
    valid_from = DateField(_l("Gäller från"), validators=[InputRequired(_l("Ange från vilken dag punkten gäller."))])


class EndPointForm(FlaskForm):  # type: ignore[misc]
    """The last day that a point holds."""

    last_day = DateField(_l("Sista dagen punkten gäller"), validators=[InputRequired(_l("Ange den sista dagen."))])


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """A decision made by delegation; the view gives points and persons."""

    point_id = SelectField(
        _l("Punkt i delegationsordningen"), coerce=int, validators=[InputRequired(_l("Välj en punkt."))]
    )
    decided_on = DateField(_l("Beslutsdag"), validators=[InputRequired(_l("Ange vilken dag beslutet fattades."))])
    decided_by_id = SelectField(_l("Vem beslutade?"), coerce=int, validators=[InputRequired(_l("Välj en person."))])
    heading = StringField(
        _l("Vad gäller beslutet?"), validators=[InputRequired(_l("Skriv vad beslutet gäller.")), Length(max=300)]
    )
    text = TextAreaField(
        _l("Beslut"),
        description=_l("Vad som beslutades, och varför om det behövs."),
        validators=[InputRequired(_l("Skriv vad som beslutades.")), Length(max=20_000)],
    )
    register_number = StringField(
        _l("Ärendets diarienummer"),
        description=_l("Till exempel 2026/14, om beslutet hör till ett ärende."),
        validators=[Optional(), Length(max=20)],
    )
    file = FileField(
        _l("Fil"), description=_l("Det undertecknade beslutet, om det finns. PDF, Word, ODT, PNG eller JPEG.")
    )
