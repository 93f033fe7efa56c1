"""Shapes of the organisation's pages: persons, members, bodies with their rules, mandates, notice boards."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TelField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional

_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}
_FROM = InputRequired(_l("Ange från vilken dag, till exempel 2026-04-01."))
_UNTIL = _l("Ange den sista dagen, till exempel 2026-12-31.")
CAPACITIES = [
    SelectChoice("chair", _l("ordförande")),
    SelectChoice("vice_chair", _l("vice ordförande")),
    SelectChoice("board_member", _l("ledamot")),
    SelectChoice("substitute", _l("ersättare")),
]


class PersonForm(FlaskForm):  # type: ignore[misc]
    """What is written of a person. ``left_on`` is left out for a new one."""

    name = StringField(_l("Namn"), validators=[InputRequired(_l("Skriv personens namn.")), Length(max=200)])
    email = EmailField(
        _l("E-post"),
        description=_l("Hit går kallelser och länkar, och med adressen loggar personen in."),
        validators=[InputRequired(_l("Skriv e-postadressen.")), Length(max=254)],
    )
    title = StringField(_l("Titel"), validators=[Optional(), Length(max=120)])
    phone = TelField(_l("Telefon"), validators=[Optional(), Length(max=40)])
    language = SelectField(
        _l("Språk i mejl"), choices=[SelectChoice("sv", "Svenska"), SelectChoice("en", "English")], default="sv"
    )
    left_on = DateField(
        _l("Har slutat den"),
        description=_l("Från den dagen kan personen inte logga in. Uppdrag avslutas för sig."),
        validators=[Optional()],
    )


class RoleForm(FlaskForm):  # type: ignore[misc]
    """A role in the office from a day."""

    kind = SelectField(
        _l("Roll"),
        choices=[
            SelectChoice("secretary", _l("Sekreterare")),
            SelectChoice("director", _l("Förbundschef")),
            SelectChoice("administrator", _l("Administratör")),
        ],
    )
    starts_on = DateField(_l("Från och med"), validators=[_FROM])
    ends_on = DateField(_l("Till och med"), validators=[Optional()])


class EndForm(FlaskForm):  # type: ignore[misc]
    """The last day of a role or a mandate."""

    ends_on = DateField(_l("Sista dag"), validators=[InputRequired(_UNTIL)])


class MemberForm(FlaskForm):  # type: ignore[misc]
    """What is written of a member organisation. ``left_on`` is left out for a new one."""

    name = StringField(_l("Namn"), validators=[InputRequired(_l("Skriv medlemmens namn.")), Length(max=200)])
    short_name = StringField(
        _l("Kort namn"),
        description=_l("För tabeller, till exempel Regionen."),
        validators=[Optional(), Length(max=60)],
    )
    principal = SelectField(
        _l("Huvudman"),
        choices=[
            SelectChoice("municipalities", _l("Kommunerna")),
            SelectChoice("region", _l("Regionen")),
            SelectChoice("state", _l("Staten")),
        ],
    )
    organisation_number = StringField(
        _l("Organisationsnummer"),
        validators=[InputRequired(_l("Skriv organisationsnumret, tio siffror.")), Length(max=30)],
        render_kw=_NUMBER,
    )
    email = EmailField(_l("E-post"), validators=[Optional(), Length(max=254)])
    joined_on = DateField(_l("Medlem från och med"), validators=[_FROM])
    left_on = DateField(_l("Medlem till och med"), validators=[Optional()])


class UnitForm(FlaskForm):  # type: ignore[misc]
    """A unit of a member."""

    name = StringField(_l("Ny enhet"), validators=[InputRequired(_l("Skriv enhetens namn.")), Length(max=200)])


class BodyForm(FlaskForm):  # type: ignore[misc]
    """What is written of a body. The view gives ``series`` its choices and leaves out what does not apply."""

    kind = SelectField(
        _l("Slag"),
        choices=[
            SelectChoice("board", _l("Styrelse")),
            SelectChoice("preparatory_group", _l("Beredningsgrupp")),
            SelectChoice("steering_group", _l("Styrgrupp")),
            SelectChoice("management_group", _l("Ledningsgrupp")),
        ],
    )
    name = StringField(_l("Namn"), validators=[InputRequired(_l("Skriv organets namn.")), Length(max=200)])
    phrase = StringField(
        _l("Beslutsfras"),
        description=_l("Orden före att-satserna, till exempel: Styrelsen beslutar"),
        validators=[InputRequired(_l("Skriv orden före att-satserna.")), Length(max=200)],
    )
    series = SelectField(
        _l("Nummer på paragraferna"),
        description=_l("En gemensam serie delar numren mellan organen."),
        coerce=int,
    )
    first = IntegerField(
        _l("Första numret"),
        description=_l(
            "Nästa paragraf i serien. Fortsätter ni på en äldre serie är det numret efter den sista paragrafen. "
            "Gäller bara en egen serie."
        ),
        default=1,
        validators=[
            InputRequired(_l("Ange det första numret.")),
            NumberRange(1, 999_999, _l("Ange ett nummer från 1.")),
        ],
        render_kw=_NUMBER,
    )
    ended_on = DateField(
        _l("Upphör efter den"), description=_l("Lämna tomt så länge organet finns."), validators=[Optional()]
    )


class FirstNumberForm(FlaskForm):  # type: ignore[misc]
    """Where a series is to begin."""

    first = IntegerField(
        _l("Första numret"),
        validators=[
            InputRequired(_l("Ange det första numret.")),
            NumberRange(1, 999_999, _l("Ange ett nummer från 1.")),
        ],
        render_kw=_NUMBER,
    )


class ShareForm(Form):
    """The seats of one member. Blank is none."""

    member_id = HiddenField()
    members = IntegerField(_l("Ledamöter"), validators=[Optional(), NumberRange(0, 200)], render_kw=_NUMBER)
    substitutes = IntegerField(_l("Ersättare"), validators=[Optional(), NumberRange(0, 200)], render_kw=_NUMBER)


class RulesForm(FlaskForm):  # type: ignore[misc]
    """All that holds for a body from a day on."""

    valid_from = DateField(_l("Gäller från och med"), validators=[_FROM])
    seats = IntegerField(
        _l("Platser"),
        description=_l("Antalet ledamöter. Fler än hälften ska vara närvarande för att organet ska få besluta."),
        validators=[InputRequired(_l("Ange antalet platser."))],
        render_kw=_NUMBER,
    )
    shares = FieldList(FormField(ShareForm))
    vice_chairs = IntegerField(
        _l("Vice ordförande"),
        description=_l("I styrelsen en eller två (lag 2003:1210 17 §)."),
        default=1,
        validators=[InputRequired(_l("Ange antalet vice ordförande."))],
        render_kw=_NUMBER,
    )
    notice_days = IntegerField(
        _l("Kallelse, dagar före"),
        description=_l("Kallelsen ska vara skickad så många dagar före sammanträdet."),
        default=7,
        validators=[InputRequired(_l("Ange antalet dagar."))],
        render_kw=_NUMBER,
    )
    verifiers = IntegerField(
        _l("Justerare utöver ordföranden"),
        default=1,
        validators=[InputRequired(_l("Ange antalet justerare."))],
        render_kw=_NUMBER,
    )
    substitute_order = SelectField(
        _l("Vilken ersättare träder in först?"),
        choices=[
            SelectChoice("same_member", _l("först ersättare för samma medlem, sedan turordningen")),
            SelectChoice("calling_order", _l("bara turordningen")),
        ],
    )
    numbering = SelectField(
        _l("Paragraferna numreras"),
        choices=[
            SelectChoice("continuous", _l("löpande, år efter år")),
            SelectChoice("yearly", _l("om från början varje år")),
        ],
    )
    first_number = IntegerField(
        _l("Första numret varje år"),
        description=_l("Används bara när numren börjar om varje år."),
        default=1,
        validators=[InputRequired(_l("Ange det första numret."))],
        render_kw=_NUMBER,
    )
    source = StringField(
        _l("Källa"),
        description=_l("Var det står, till exempel förbundsordningen 8 §."),
        validators=[InputRequired(_l("Skriv varifrån reglerna kommer.")), Length(max=200)],
    )


class MandateForm(FlaskForm):  # type: ignore[misc]
    """A seat in a body. The view gives the choices."""

    person_id = SelectField(_l("Person"), coerce=int, validators=[InputRequired()])
    member_id = SelectField(_l("För vilken medlem?"), coerce=int, validators=[InputRequired()])
    capacity = SelectField(_l("Uppdrag"), choices=CAPACITIES, default="board_member")
    calling_order = IntegerField(
        _l("Turordning"),
        description=_l("Bara för ersättare: i vilken tur personen kallas in, 1 är först."),
        validators=[Optional()],
        render_kw=_NUMBER,
    )
    starts_on = DateField(_l("Från och med"), validators=[_FROM])
    ends_on = DateField(
        _l("Till och med"), description=_l("Lämna tomt om slutdagen inte är bestämd."), validators=[Optional()]
    )


class TakeOverForm(FlaskForm):  # type: ignore[misc]
    """Going on in another capacity from a day."""

    capacity = SelectField(_l("Nytt uppdrag"), choices=CAPACITIES, default="board_member")
    from_day = DateField(_l("Från och med"), validators=[_FROM])
    calling_order = IntegerField(
        _l("Turordning"), description=_l("Bara för ersättare."), validators=[Optional()], render_kw=_NUMBER
    )


class BoardForm(FlaskForm):  # type: ignore[misc]
    """A notice board. The view gives ``owner`` its choices and leaves it out for one that is there."""

    owner = SelectField(_l("Vems anslagstavla?"), coerce=int)
    name = StringField(_l("Namn"), validators=[InputRequired(_l("Skriv anslagstavlans namn.")), Length(max=200)])
    url = StringField(_l("Webbadress"), validators=[Optional(), Length(max=400)], render_kw={"inputmode": "url"})
    follows_own = BooleanField(_l("Den visar förbundets anslag av sig själv samma dag"))
    valid_from = DateField(_l("Används från och med"), validators=[_FROM])
    valid_to = DateField(_l("Används till och med"), validators=[Optional()])
