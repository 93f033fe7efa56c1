"""Shapes of the minutes pages: attachments, who signs, sending, postings of a notice. A § is in ``forms.clauses``."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from forms.meetings import CLOCK, ClockField


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


class PhraseForm(FlaskForm):  # type: ignore[misc]
    """A standard phrase. What it may hold is the minutes room's to say."""

    name = StringField(_l("Namn"), description=_l("Det namn som du hittar frasen på."), validators=[InputRequired()])
    text = TextAreaField(
        _l("Text"),
        description=_l("Skriv … där något ska fyllas i. Dit går markören när frasen är hämtad."),
        render_kw={"rows": 4},
        validators=[InputRequired()],
    )


class RoomForm(FlaskForm):  # type: ignore[misc]
    """When something happens in the room. Empty: now."""

    clock = ClockField(_l("Kl."), render_kw=CLOCK)
