"""Shapes of the agreement pages: what an agreement says, why it ends."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget


def _strip(text: str | None) -> str | None:
    return text.strip() if text else text


class AgreementForm(FlaskForm):  # type: ignore[misc]
    """What an agreement says of itself. ``parties`` and ``informed_bodies`` get their choices from the view."""

    title = StringField(
        _l("Namn"), filters=[_strip], validators=[InputRequired(_l("Skriv överenskommelsens namn.")), Length(max=200)]
    )
    summary = TextAreaField(
        _l("Vad handlar den om?"), filters=[_strip], validators=[Optional(), Length(max=2000)], render_kw={"rows": 4}
    )
    parties = SelectMultipleField(
        _l("Parter"),
        description=_l("En medlem kan vara part som helhet eller genom en enhet."),
        validators=[InputRequired(_l("Välj minst en part."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    in_force_from = DateField(
        _l("Gäller från och med"), validators=[InputRequired(_l("Ange dagen, till exempel 2026-01-01."))]
    )
    in_force_until = DateField(
        _l("Gäller till och med"), description=_l("Tomt betyder tills vidare."), validators=[Optional()]
    )
    revised_yearly = BooleanField(_l("Revideras varje år, på samma dag som den började gälla"))
    notice_months = IntegerField(
        _l("Hur många månader i förväg ska en ändring meddelas?"),
        description=_l("Så många som överenskommelsen säger. Skriv 0 om en ändring inte måste meddelas i förväg."),
        validators=[InputRequired(_l("Skriv ett antal månader, till exempel 2."))],
        render_kw={"min": 0, "max": 36, "inputmode": "numeric"},
    )
    informed_bodies = SelectMultipleField(
        _l("Vem ska få veta det?"),
        description=_l("De organ som en ändring ska meddelas till."),
        coerce=int,
        validators=[Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class EndForm(FlaskForm):  # type: ignore[misc]
    """Why an agreement ends."""

    reason = StringField(
        _l("Varför upphör överenskommelsen?"),
        filters=[_strip],
        validators=[InputRequired(_l("Skriv varför överenskommelsen upphör.")), Length(max=300)],
    )


class DoneForm(FlaskForm):  # type: ignore[misc]
    """A button and its CSRF token."""
