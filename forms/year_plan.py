"""Shapes of the pages where a year's meetings are planned and where matters follow to another meeting."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from forms.meetings import CLOCK, ClockField

MODES = [
    SelectChoice("in_person", _l("På plats")),
    SelectChoice("distance", _l("På distans")),
    SelectChoice("mixed", _l("På plats och på distans")),
]
WEEKDAYS = [
    SelectChoice("0", _l("måndag")),
    SelectChoice("1", _l("tisdag")),
    SelectChoice("2", _l("onsdag")),
    SelectChoice("3", _l("torsdag")),
    SelectChoice("4", _l("fredag")),
]
WEEKS = [
    SelectChoice("1", _l("den första i månaden")),
    SelectChoice("2", _l("den andra i månaden")),
    SelectChoice("3", _l("den tredje i månaden")),
    SelectChoice("4", _l("den fjärde i månaden")),
    SelectChoice("5", _l("den sista i månaden")),
]
MONTHS = [
    SelectChoice("1", _l("januari")),
    SelectChoice("2", _l("februari")),
    SelectChoice("3", _l("mars")),
    SelectChoice("4", _l("april")),
    SelectChoice("5", _l("maj")),
    SelectChoice("6", _l("juni")),
    SelectChoice("7", _l("juli")),
    SelectChoice("8", _l("augusti")),
    SelectChoice("9", _l("september")),
    SelectChoice("10", _l("oktober")),
    SelectChoice("11", _l("november")),
    SelectChoice("12", _l("december")),
]
_STARTS = DataRequired(_l("Ange när sammanträdet börjar, till exempel 09.00."))
_ENDS = DataRequired(_l("Ange när sammanträdet slutar, till exempel 12.00."))
_PLACE = InputRequired(_l("Skriv var sammanträdet hålls."))


class WishForm(FlaskForm):  # type: ignore[misc]
    """What is wanted of the year, asked by GET: it proposes days and changes nothing. The view sets ``body_id``."""

    class Meta:
        csrf = False

    body_id = SelectField(_l("Vem sammanträder?"), coerce=int, validators=[InputRequired()])
    count = IntegerField(
        _l("Hur många sammanträden?"),
        description=_l("De sprids över året, utan juli. Väljer du månader nedan räknas de i stället."),
        validators=[Optional(), NumberRange(1, 22, _l("Ange ett antal mellan 1 och 22."))],
        render_kw={"inputmode": "numeric"},
    )
    months = SelectMultipleField(
        _l("Vilka månader?"),
        choices=MONTHS,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[Optional()],
    )
    weekday = SelectField(_l("Helst på en"), choices=WEEKDAYS, default="3")
    week = SelectField(_l("Vilken i månaden?"), choices=WEEKS, default="2")
    starts = ClockField(_l("Börjar"), render_kw=CLOCK, validators=[_STARTS])
    ends = ClockField(_l("Slutar"), render_kw=CLOCK, validators=[_ENDS])
    place = StringField(
        _l("Plats"),
        description=_l("Lokal och adress, eller hur man ansluter på distans."),
        validators=[_PLACE, Length(max=200)],
    )
    mode = SelectField(_l("Form"), choices=MODES, default="in_person")


class DayForm(Form):
    """One meeting of those proposed. ``wanted`` is the day asked for, ``accepted`` the day whose remark was seen."""

    wanted = HiddenField()
    accepted = HiddenField()
    day = DateField(_l("Dag"), validators=[InputRequired(_l("Ange dagen, till exempel 2026-04-09."))])
    starts = ClockField(_l("Börjar"), render_kw=CLOCK, validators=[_STARTS])
    ends = ClockField(_l("Slutar"), render_kw=CLOCK, validators=[_ENDS])
    place = StringField(_l("Plats"), validators=[_PLACE, Length(max=200)])
    mode = SelectField(_l("Form"), choices=MODES, default="in_person")


class YearForm(FlaskForm):  # type: ignore[misc]
    """All meetings that are to be planned in one act."""

    body_id = IntegerField(validators=[InputRequired()])
    rows = FieldList(FormField(DayForm), max_entries=60)


class CarryForm(FlaskForm):  # type: ignore[misc]
    """To which meeting which items follow. The view sets the choices."""

    to = SelectField(_l("Till vilket sammanträde?"), coerce=int, validators=[Optional()])
    items = SelectMultipleField(
        _l("Vilka punkter?"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[Optional()],
    )
