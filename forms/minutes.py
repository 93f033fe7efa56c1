"""Shapes of the minutes pages: a § with its clauses, who signs, sending, postings of a notice."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

#: Decision verbs by their word in the rows, in the order of the list.
VERBS = tuple(
    SelectChoice(word, told)
    for word, told in (
        ("approve", _l("Godkänna")),
        ("note", _l("Lägga till handlingarna, notera")),
        ("adopt", _l("Anta, fastställa")),
        ("endorse", _l("Tillstyrka")),
        ("grant", _l("Bevilja bidrag")),
        ("reject", _l("Avslå")),
        ("appoint", _l("Utse")),
        ("commission", _l("Uppdra")),
        ("remit_back", _l("Återremittera")),
        ("table", _l("Bordlägga")),
        ("other", _l("Annat beslut")),
    )
)


class YearForm(Form):
    """One year of a grant, as typed."""

    year = StringField(_l("År"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    amount = StringField(_l("Belopp"), render_kw={"autocomplete": "off"})


class ClauseForm(Form):
    """One decision clause. All fields are there whatever the verb, so that a changed verb loses nothing."""

    verb = SelectField(_l("Beslutsord"), choices=list(VERBS), default="approve", validate_choice=False)
    text = TextAreaField(_l("Vad som beslutas"), render_kw={"rows": 2})
    grantee = StringField(_l("Vem får bidraget?"))
    years = FieldList(FormField(YearForm))
    share = StringField(
        _l("Andel av en tjänst, om inget belopp anges"),
        description=_l("Till exempel 50 procent. Andelen räknas inte in i några summor."),
        render_kw={"autocomplete": "off"},
    )
    conditions = TextAreaField(
        _l("Villkor, ett på varje rad"),
        description=_l("Fortsätt meningen ”under förutsättning att …”."),
        render_kw={"rows": 2},
    )
    persons = TextAreaField(_l("Vem utses? En på varje rad"), render_kw={"rows": 2})
    role = StringField(_l("Till vad?"), description=_l("Till exempel justerare, eller: att justera protokollet."))
    assignee = StringField(_l("Vem får uppdraget?"), render_kw={"list": "personer"})
    task = TextAreaField(_l("Vad är uppdraget?"), render_kw={"rows": 2})
    due_on = StringField(
        _l("Redovisas senast"),
        description=_l("Till exempel 2026-10-01 eller 1 oktober 2026."),
        render_kw={"autocomplete": "off"},
    )
    next_meeting = BooleanField(_l("Redovisas vid nästa sammanträde"))
    reason = StringField(_l("Varför återremitteras ärendet?"))
    until = StringField(_l("Till när bordläggs ärendet?"))

    def told(self) -> dict[str, Any]:
        """The clause as the minutes room reads it."""
        kept = {name: self[name].data for name in _AS_IT_IS}
        lines = {name: (self[name].data or "").splitlines() for name in ("conditions", "persons")}
        return {**kept, **lines, "years": [entry.data for entry in self.years.entries]}


_AS_IT_IS = (
    "verb",
    "text",
    "grantee",
    "share",
    "role",
    "assignee",
    "task",
    "due_on",
    "next_meeting",
    "reason",
    "until",
)


class ItemForm(FlaskForm):  # type: ignore[misc]
    """A § as it is being written."""

    base_version = IntegerField(widget=HiddenInput())
    heading = StringField(_l("Rubrik"), render_kw={"autocomplete": "off"})
    background = TextAreaField(_l("Bakgrund"), description=_l("En tom rad ger ett nytt stycke."))
    clauses = FieldList(FormField(ClauseForm))


class AttachForm(FlaskForm):  # type: ignore[misc]
    """A file for a §."""

    title = StringField(_l("Bilagans namn"), validators=[Length(max=200)])
    file = FileField(_l("Fil"), validators=[FileRequired(_l("Välj en fil."))])


class SignersForm(FlaskForm):  # type: ignore[misc]
    """Who led the meeting and who was elected to verify; the view gives the choices."""

    chair_id = SelectField(_l("Vem ledde sammanträdet?"), coerce=int, validators=[InputRequired()])
    verifier_ids = SelectMultipleField(
        _l("Vilka utsågs att justera?"),
        description=_l("De som deltog i besluten kan väljas."),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


class SendForm(FlaskForm):  # type: ignore[misc]
    """When the minutes are to be signed."""

    last_day = DateField(_l("Sista dag att skriva under"), validators=[InputRequired(_l("Ange en dag."))])


class WithdrawForm(FlaskForm):  # type: ignore[misc]
    """Why minutes are taken back from signing."""

    reason = TextAreaField(
        _l("Varför dras protokollet tillbaka?"),
        description=_l("De som skulle skriva under får läsa det."),
        render_kw={"rows": 2},
        validators=[InputRequired(_l("Skriv varför."))],
    )
