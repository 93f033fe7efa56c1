"""Shapes of the pages about certified extracts: which §§, and to whom."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, TextAreaField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

_LINE = re.compile(r"(?P<name>[^<>]*?)[\s<]*(?P<address>[^\s<>,;]+@[^\s<>,;]+)>?")


class ExtractForm(FlaskForm):  # type: ignore[misc]
    """The §§ to certify an extract of."""

    items = SelectMultipleField(
        _l("Paragrafer i utdraget"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )


class SendExtractForm(FlaskForm):  # type: ignore[misc]
    """To whom an extract is sent: those proposed by their addresses, and others as typed."""

    picked = SelectMultipleField(
        _l("Den som saken gäller"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    recipients = TextAreaField(
        _l("Andra mottagare"),
        description=_l("En på varje rad: namn och e-postadress, till exempel Rut Lindvall rut@exempel.se."),
        render_kw={"rows": 3},
        validators=[Length(max=10_000)],
    )

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Name and address of each line; a line without an address is its own address, and will be refused."""
        return [_read(line) for line in (self.recipients.data or "").splitlines() if line.strip()]


def _read(line: str) -> tuple[str, str]:
    match: Any = _LINE.fullmatch(line.strip().rstrip(",;"))
    if match is None:
        return line.strip(), line.strip()
    name = match["name"].strip(" ,;\t")
    return name or match["address"], match["address"]
