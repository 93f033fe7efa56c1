"""Shapes of the template pages: a Word file to upload, a version to switch to, the logo."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, Optional


def _strip(text: str | None) -> str | None:
    return text.strip() if text else text


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A template that has been changed in Word, and what was changed."""

    file = FileField(
        _l("Mallen som Word-fil"),
        description=_l("Dra filen hit, eller välj den på datorn."),
        validators=[FileRequired(_l("Välj den Word-fil som du har ändrat."))],
        render_kw={"accept": ".docx"},
    )
    remark = StringField(
        _l("Vad är ändrat?"),
        description=_l("Till exempel: ny adress i sidfoten. Står bredvid versionen, så att ni hittar rätt senare."),
        filters=[_strip],
        validators=[Optional(), Length(max=300)],
    )


class SwitchForm(FlaskForm):  # type: ignore[misc]
    """Which version documents are made from; 0 is the one that comes with the program."""

    version_id = IntegerField(validators=[InputRequired()])


class LogoForm(FlaskForm):  # type: ignore[misc]
    """The logo, and what it says to those who do not see it."""

    file = FileField(
        _l("Bild"),
        description=_l("PNG eller JPEG, högst 2 MB. Dra filen hit, eller välj den på datorn."),
        validators=[FileRequired(_l("Välj en bild."))],
        render_kw={"accept": ".png,.jpg,.jpeg"},
    )
    alt = StringField(
        _l("Vad säger bilden?"),
        description=_l("Läses upp för den som inte ser bilden. Oftast förbundets namn."),
        filters=[_strip],
        validators=[InputRequired(_l("Skriv vad bilden säger, till exempel förbundets namn.")), Length(max=200)],
    )


class ButtonForm(FlaskForm):  # type: ignore[misc]
    """A button and its CSRF token."""
