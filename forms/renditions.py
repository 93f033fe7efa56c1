"""Shapes of the page on which the public version of minutes is made: what is screened, where and why."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

#: In the list of places: everywhere.
EVERYWHERE = 0
#: So many empty rows stand ready.
SPARE = 2


class ScreeningForm(Form):
    """Something to screen: words, where, and why. Without words the whole §."""

    item_id = SelectField(_l("Var"), coerce=int, default=EVERYWHERE, validate_choice=False)
    words = StringField(_l("Ord att maskera"), validators=[Length(max=500)], render_kw={"autocomplete": "off"})
    reason = StringField(_l("Skäl"), validators=[Length(max=300)], render_kw={"autocomplete": "off"})

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed in the row."""
        return not (self.words.data or "").strip() and not self.item_id.data


class RenditionForm(FlaskForm):  # type: ignore[misc]
    """All that is to be screened in one public version."""

    immediate = HiddenField()
    picked = SelectMultipleField(
        _l("Förslag: uppgifter som kan gälla enskilda"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    picked_reason = StringField(
        _l("Skäl för det som är förkryssat"),
        validators=[Length(max=300)],
        render_kw={"autocomplete": "off"},
    )
    rows = FieldList(FormField(ScreeningForm))
    withdraw_with_notice = BooleanField(_l("Ta bort protokollet från webben när anslaget tas ner"), default=True)

    def offer(self, places: list[tuple[int, Any]], spare: int = SPARE) -> None:
        """Give each row its list of places, and have some empty rows ready."""
        while sum(row.form.is_blank for row in self.rows) < spare:
            self.rows.append_entry()
        for row in self.rows:
            row.form.item_id.choices = places


class WithdrawRenditionForm(FlaskForm):  # type: ignore[misc]
    """Why the public version leaves the web."""

    reason = StringField(
        _l("Varför tas den bort?"),
        validators=[InputRequired(_l("Skriv varför den tas bort.")), Length(max=300)],
        render_kw={"maxlength": 300, "autocomplete": "off"},
    )
