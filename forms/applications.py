"""Shapes of the pages around an application; its own questions are drawn by ``forms.questions``."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import DateField, EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs
from wtforms.validators import Email, InputRequired, Length


def _address(label: LazyString, description: LazyString | str = "") -> EmailField:
    return EmailField(
        label,
        description=description,
        filters=[lambda text: text.strip() if text else text],
        validators=[
            InputRequired(_l("Skriv din e-postadress.")),
            Email(_l("Skriv en e-postadress, till exempel namn@kommun.example.")),
            Length(max=254),
        ],
        render_kw={"autocomplete": "email"},
    )


class StartForm(FlaskForm):  # type: ignore[misc]
    """Begin an application: with which form, where the link goes, in which language."""

    family = RadioField(_l("Formulär"), validators=[InputRequired(_l("Välj ett formulär."))])
    email = _address(_l("Din e-postadress"), _l("Hit mejlar vi länken till ansökan."))
    language = RadioField(
        _l("Språk i ansökan och i mejlen"),
        choices=[SelectChoice("sv", "Svenska"), SelectChoice("en", "English")],
        default="sv",
        validators=[InputRequired(_l("Välj ett språk."))],
    )

    def offer(self, forms: Iterable[tuple[str, str]]) -> None:
        """Let one of these be chosen: key and title of each."""
        self.family.choices = [SelectChoice(key, title) for key, title in forms]


class AgainForm(FlaskForm):  # type: ignore[misc]
    """The address to mail links to, to applications that are begun already."""

    email = _address(_l("E-postadressen som du började med"))


class InviteForm(FlaskForm):  # type: ignore[misc]
    """Invite someone to an application."""

    email = _address(_l("E-postadress"), _l("Hit mejlas en egen länk."))
    name = StringField(_l("Namn"), validators=[Length(max=200)], render_kw={"autocomplete": "off"})
    organisation = StringField(_l("Organisation"), validators=[Length(max=200)], render_kw={"autocomplete": "off"})
    role = RadioField(
        _l("Vad ska personen göra?"),
        choices=[
            SelectChoice("writer", _l("Skriva: läsa och ändra allt")),
            SelectChoice("reader", _l("Läsa: se allt men inte ändra")),
            SelectChoice("signatory", _l("Skriva under: läsa nu, och skriva under när ansökan är färdig")),
        ],
        default="writer",
        validators=[InputRequired(_l("Välj vad personen ska göra."))],
    )
    language = RadioField(
        _l("Språk i mejlen"),
        choices=[SelectChoice("sv", "Svenska"), SelectChoice("en", "English")],
        default="sv",
        validators=[InputRequired(_l("Välj ett språk."))],
    )


class TakeBackForm(FlaskForm):  # type: ignore[misc]
    """The applicants take their application back."""

    reason = TextAreaField(
        _l("Varför tar ni tillbaka ansökan?"),
        description=_l("Kansliet får läsa det, och det sparas i ärendet."),
        validators=[InputRequired(_l("Skriv varför.")), Length(max=1000)],
        render_kw={"rows": 3},
    )


class AgendaForm(FlaskForm):  # type: ignore[misc]
    """The meeting whose agenda the application goes on."""

    meeting = SelectField(_l("Sammanträde"), coerce=int, validators=[InputRequired(_l("Välj ett sammanträde."))])

    def offer(self, meetings: Iterable[tuple[int, str]]) -> None:
        """Let one of these be chosen: id and name of each."""
        self.meeting.choices = [SelectChoice(str(meeting_id), name) for meeting_id, name in meetings]


class OutcomeForm(FlaskForm):  # type: ignore[misc]
    """How a condition of a grant went, and when."""

    outcome = RadioField(
        _l("Utfall"),
        choices=[SelectChoice("met", _l("Uppfyllt")), SelectChoice("failed", _l("Inte uppfyllt"))],
        validators=[InputRequired(_l("Välj om villkoret är uppfyllt eller inte."))],
    )
    day = DateField(_l("Dag"), validators=[InputRequired(_l("Skriv vilken dag det blev klart."))])
