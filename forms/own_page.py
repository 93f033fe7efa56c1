"""Shapes of Min sida."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.validators import Email, Length, Optional


class RetryForm(FlaskForm):  # type: ignore[misc]
    """Send a letter again, perhaps to a corrected address."""

    address = EmailField(_l("Ny adress"), validators=[Optional(), Email(), Length(max=254)])
