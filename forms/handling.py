"""Shapes of the office's pages about applications: the list's filters, completions, opinions, checks, notes."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import DateField, Field, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from paragraf.core.errors import RuleBroken
from paragraf.core.money import parse_optional_amount


class AmountField(StringField):
    """An amount as people type it; ``ore`` is what was read, None where nothing is written."""

    ore: int | None = None

    def pre_validate(self, form: FlaskForm) -> None:  # noqa: ARG002
        """Read it."""
        try:
            self.ore = parse_optional_amount(self.data or "")
        except RuleBroken as broken:
            raise ValidationError(_(broken.message) % broken.values) from None


class FilterForm(FlaskForm):  # type: ignore[misc]
    """What the list shows. It is sent by GET, so that the choice stands in the address."""

    class Meta:
        csrf = False

    sok = StringField(_l("Sök i ansökningarna"), validators=[Length(max=200)])
    lage = SelectField(_l("Läge"), validate_choice=False)
    ar = SelectField(_l("Kom in år"), validate_choice=False)
    formular = SelectField(_l("Formulär"), validate_choice=False)
    utlysning = SelectField(_l("Utlysning"), validate_choice=False)
    part = SelectField(_l("Part"), validate_choice=False)
    fran = AmountField(_l("Sökt minst, kronor"))
    till = AmountField(_l("Sökt högst, kronor"))
    vantat = IntegerField(_l("Har väntat mer än, dagar"), validators=[Optional(), NumberRange(0, 9999)])

    def offer(self, **choices: Iterable[tuple[str, LazyString | str]]) -> None:
        """What each select may be set to: value and text; all of it is the first choice of each."""
        for name, offered in choices.items():
            self[name].choices = [SelectChoice("", _l("Alla")), *(SelectChoice(*one) for one in offered)]

    def validate_vantat(self, field: Field) -> None:
        """WTForms itself speaks English of a number that is none."""
        if field.raw_data and field.raw_data[0].strip() and field.data is None:
            field.errors = []
            raise ValidationError(_l("Skriv ett antal dagar, till exempel 30."))


class AskForm(FlaskForm):  # type: ignore[misc]
    """The request around the questions, which are fields of their own: ``fraga.<id>`` and ``begaran.<id>``."""

    message = TextAreaField(
        _l("Meddelande till de sökande"),
        description=_l("Står först i brevet. Det du frågar om varje svar skriver du vid frågan."),
        validators=[Length(max=2000, message=_l("Meddelandet får vara högst 2 000 tecken."))],
        render_kw={"rows": 4},
    )
    due_on = DateField(
        _l("Sista dag"),
        description=_l("De sökande påminns en vecka och en dag innan."),
        validators=[InputRequired(_l("Skriv sista dagen för kompletteringen."))],
    )


class ExtendForm(FlaskForm):  # type: ignore[misc]
    """More time for a completion."""

    due_on = DateField(_l("Ny sista dag"), validators=[InputRequired(_l("Skriv den nya sista dagen."))])


class OpinionForm(FlaskForm):  # type: ignore[misc]
    """What a preparatory body says."""

    body = SelectField(_l("Grupp"), coerce=int, validators=[InputRequired(_l("Välj en grupp."))])
    verdict = RadioField(
        _l("Gruppens bedömning"),
        choices=[
            SelectChoice("endorse", _l("Tillstyrker")),
            SelectChoice("endorse_with_changes", _l("Tillstyrker med ändringar")),
            SelectChoice("advise_against", _l("Avstyrker")),
        ],
        validators=[InputRequired(_l("Välj vad gruppen säger."))],
    )
    given_on = DateField(_l("Dag"), validators=[InputRequired(_l("Skriv vilken dag gruppen yttrade sig."))])
    text = TextAreaField(
        _l("Yttrandet"),
        description=_l("Följer med till dagordningen. Fet stil skrivs **så här** och punkter börjar med -."),
        render_kw={"rows": 6},
    )

    def offer(self, bodies: Iterable[tuple[int, str]]) -> None:
        """Let one of these be chosen: id and name of each."""
        self.body.choices = [SelectChoice(str(body_id), name) for body_id, name in bodies]


class CheckForm(FlaskForm):  # type: ignore[misc]
    """How a check went that a person makes."""

    outcome = RadioField(
        _l("Utfall"),
        choices=[
            SelectChoice("met", _l("Ja")),
            SelectChoice("not_met", _l("Nej")),
            SelectChoice("not_applicable", _l("Gäller inte")),
        ],
        validators=[InputRequired(_l("Välj hur kontrollen gick."))],
    )
    remark = StringField(_l("Anmärkning"), validators=[Length(max=1000)])


class NoteForm(FlaskForm):  # type: ignore[misc]
    """A working note."""

    text = TextAreaField(_l("Ny anteckning"), render_kw={"rows": 3})


class WithdrawForm(FlaskForm):  # type: ignore[misc]
    """An applicant has told the office that they take the application back."""

    reason = TextAreaField(
        _l("Varför ansökan tas tillbaka"),
        description=_l("Som de sökande har sagt det, och när. Skälet står i breven till båda sidor."),
        validators=[InputRequired(_l("Skriv varför.")), Length(max=1000)],
        render_kw={"rows": 3},
    )
