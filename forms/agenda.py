"""Shapes of the agenda's own pages: what is drawn in, attachments, standing items."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs
from wtforms.validators import AnyOf, InputRequired, Length

from forms.meetings import ItemTextForm


class DrawForm(FlaskForm):  # type: ignore[misc]
    """What is taken up: the source, and its row."""

    source = StringField(validators=[InputRequired()])
    row_id = IntegerField(validators=[InputRequired()])


class MatterForm(FlaskForm):  # type: ignore[misc]
    """Which matter is put on the agenda."""

    matter_id = IntegerField(validators=[InputRequired()])


class AttachFileForm(FlaskForm):  # type: ignore[misc]
    """A file for an agenda item."""

    title = StringField(
        _l("Bilagans namn"),
        description=_l("Så står den i kallelsen, till exempel: Ekonomisk rapport. Lämna tomt för filens namn."),
        validators=[Length(max=200)],
    )
    file = FileField(
        _l("Fil"),
        description=_l("PDF, Word, Excel, ODT, PNG eller JPEG."),
        validators=[FileRequired(_l("Välj en fil."))],
    )


class DocumentForm(FlaskForm):  # type: ignore[misc]
    """A document of the register that becomes an attachment."""

    document_id = IntegerField(validators=[InputRequired()])


class StepForm(FlaskForm):  # type: ignore[misc]
    """One place earlier or later."""

    step = IntegerField(validators=[InputRequired(), AnyOf([-1, 1])])


class StandingForm(ItemTextForm):
    """A standing item: the same texts as an agenda item, and where it comes."""

    place = RadioField(
        _l("Var på dagordningen?"),
        choices=[
            SelectChoice("first", _l("Först, före mötets egna ärenden")),
            SelectChoice("last", _l("Sist, efter mötets egna ärenden")),
        ],
        default="first",
        validators=[InputRequired(_l("Välj var punkten ska stå."))],
    )
