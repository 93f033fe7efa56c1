"""Shapes of the signing pages. Whatever advances anything asks for something typed or ticked: machines that open
links also post forms, as they find them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, HiddenField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Length


class AddressForm(FlaskForm):  # type: ignore[misc]
    """The address that the letter with the link came to."""

    email = EmailField(
        _l("Din e-postadress"),
        description=_l("Samma adress som mejlet med länken kom till."),
        filters=[lambda text: text.strip() if text else text],
        validators=[
            InputRequired(_l("Skriv din e-postadress.")),
            Email(_l("Skriv en e-postadress, till exempel namn@kommun.example.")),
            Length(max=254),
        ],
        render_kw={"autocomplete": "email"},
    )


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The six digits that came by mail."""

    code = StringField(
        _l("Din kod"),
        description=_l("Sex siffror, ur det senaste mejlet."),
        validators=[InputRequired(_l("Skriv koden som du fick med e-post.")), Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class ShownForm(FlaskForm):  # type: ignore[misc]
    """Which document the page showed."""

    sha256 = HiddenField(validators=[Length(max=64)])


class SignForm(ShownForm):
    """The declaration is ticked by hand; its words are set by the view."""

    agree = BooleanField("", validators=[InputRequired(_l("Kryssa i rutan för att skriva under."))])
    #: Asked only of those who verify minutes.
    dissent = TextAreaField(
        _l("Avvikande mening"),
        description=_l(
            "Tycker du att protokollet inte stämmer på någon punkt, men vill skriva under ändå? Skriv vad, och vilken "
            "paragraf. Ordföranden och kansliet får veta det, och det visas tillsammans med justeringen."
        ),
        validators=[Length(max=1000, message=_l("Skriv högst 1000 tecken."))],
        render_kw={"rows": 4},
    )


class DeclineForm(FlaskForm):  # type: ignore[misc]
    """Why somebody will not sign."""

    reason = TextAreaField(
        _l("Varför avböjer du?"),
        description=_l("Kansliet och de andra som skriver under får läsa det du skriver."),
        validators=[InputRequired(_l("Skriv varför, så att det går att rätta.")), Length(max=1000)],
        render_kw={"rows": 5},
    )
