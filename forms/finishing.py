"""Shapes of the page where minutes are finished: numbers ahead of others, §§ verified at once, void numbers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget


class FixForm(FlaskForm):  # type: ignore[misc]
    """Why numbers are taken ahead of an earlier meeting's; asked only where one waits."""

    overtaking = StringField(
        _l("Varför väntar ni inte på det tidigare protokollet?"),
        description=_l("Skälet skrivs ut i protokollet. Det tidigare protokollet får nummer efter det här."),
        validators=[Length(max=300, message=_l("Skriv högst 300 tecken."))],
        render_kw={"autocomplete": "off"},
    )


class AtOnceForm(FixForm):
    """Which §§ are verified at once; the view gives the choices."""

    items = SelectMultipleField(
        _l("Vilka paragrafer ska justeras omedelbart?"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[InputRequired(_l("Välj minst en paragraf."))],
    )


class VoidForm(FlaskForm):  # type: ignore[misc]
    """Which § with a number is withdrawn, and why; the view gives the choices."""

    item_id = SelectField(_l("Vilken paragraf?"), coerce=int, validators=[InputRequired(_l("Välj en paragraf."))])
    reason = TextAreaField(
        _l("Varför utgår den?"),
        description=_l("Skälet skrivs ut i protokollet, på paragrafens plats."),
        render_kw={"rows": 2},
        validators=[InputRequired(_l("Skriv varför.")), Length(max=400, message=_l("Skriv högst 400 tecken."))],
    )


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why minutes are opened again, or §§ taken back."""

    reason = TextAreaField(
        _l("Varför?"),
        render_kw={"rows": 2},
        validators=[InputRequired(_l("Skriv varför.")), Length(max=400, message=_l("Skriv högst 400 tecken."))],
    )
