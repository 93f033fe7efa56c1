"""Shapes of the pages about what has been decided: search, what a decision rests on, goals."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, Field, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from forms.handling import AmountField

_YEAR = _l("Skriv året med fyra siffror, till exempel 2026.")
_SHARE = _l("Målet är en andel mellan 1 och 100 procent.")


class SearchForm(FlaskForm):  # type: ignore[misc]
    """What is looked for. It is sent by GET, so that the question stands in the address."""

    class Meta:
        csrf = False

    q = StringField(
        _l("Sök efter"),
        validators=[Length(max=1000)],
        render_kw={"type": "search", "autocomplete": "off"},
    )
    slag = SelectField(
        _l("Sök bland"),
        choices=[
            SelectChoice("", _l("Paragrafer och bilagor")),
            SelectChoice("beslut", _l("Bara beslut")),
            SelectChoice("bilagor", _l("Bara bilagor")),
        ],
        validate_choice=False,
    )
    organ = SelectField(_l("Organ"), validate_choice=False)
    ar = IntegerField(
        _l("År"),
        validators=[Optional(), NumberRange(1900, 2199, _YEAR)],
    )
    person = SelectField(_l("Person"), validate_choice=False)
    part = SelectField(_l("Part"), validate_choice=False)
    beslutsord = SelectField(_l("Beslutsord"), validate_choice=False)
    minst = AmountField(_l("Belopp minst, kronor"))
    hogst = AmountField(_l("Belopp högst, kronor"))

    def offer(self, **choices: Iterable[SelectChoice]) -> None:
        """What each select may be set to; all of it is the first choice of each. What is no choice is none."""
        for name, offered in choices.items():
            self[name].choices = [SelectChoice("", _l("Alla")), *offered]
            if self[name].data not in {choice.value for choice in self[name].choices}:
                self[name].data = ""

    def validate_ar(self, field: Field) -> None:
        """WTForms itself speaks English of a number that is none."""
        if field.raw_data and field.raw_data[0].strip() and field.data is None:
            field.errors = []
            raise ValidationError(_YEAR)


class BasisForm(FlaskForm):  # type: ignore[misc]
    """What one § rests on."""

    is_substantive = BooleanField(_l("Räknas som sakbeslut"))
    needs_analysis = SelectField(_l("Vilar på behovsanalysen"), validate_choice=False)
    reason = StringField(_l("Om ingen: varför?"), validators=[Length(max=500)])


class GoalForm(FlaskForm):  # type: ignore[misc]
    """A goal from a day."""

    percent = IntegerField(
        _l("Mål, procent"),
        validators=[
            InputRequired(_l("Skriv en andel, till exempel 75.")),
            NumberRange(1, 100, _l("Målet är en andel mellan 1 och 100 procent.")),
        ],
    )
    valid_from = DateField(_l("Gäller från"), validators=[InputRequired(_l("Ange en dag."))])
    source = StringField(
        _l("Var står målet?"),
        description=_l("Till exempel verksamhetsplanen för året."),
        validators=[InputRequired(_l("Skriv var målet står.")), Length(max=200)],
    )
