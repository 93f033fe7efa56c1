"""Shapes of the sign-in pages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.validators import Email, InputRequired, Length


class SignInForm(FlaskForm):  # type: ignore[misc]
    """The address to mail a sign-in link to."""

    email = EmailField(
        _l("Din e-postadress"),
        description=_l("Samma adress som förbundet skickar kallelser till."),
        filters=[lambda text: text.strip() if text else text],
        validators=[
            InputRequired(_l("Skriv din e-postadress.")),
            Email(_l("Skriv en e-postadress, till exempel namn@kommun.example.")),
            Length(max=254),
        ],
        render_kw={"autocomplete": "email"},
    )


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """A button and its CSRF token."""
