"""Shapes of the grants' pages: claims, payments, reports, what is left over, the year's funds, the cap."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from paragraf.core.errors import RuleBroken
from paragraf.core.money import parse_amount, parse_percent


class AmountField(StringField):
    """An amount as people write it; ``ore`` holds what was read, None for blank."""

    ore: int | None = None

    def pre_validate(self, form: object) -> None:  # noqa: ARG002  # WTForms gives it
        """Read what was typed; raises ValidationError with the reason."""
        self.ore = _read(parse_amount, self.data)


class PercentField(StringField):
    """A percentage as people write it; ``points`` holds hundredths of a per cent, None for blank."""

    points: int | None = None

    def pre_validate(self, form: object) -> None:  # noqa: ARG002  # WTForms gives it
        """Read what was typed; raises ValidationError with the reason."""
        self.points = _read(parse_percent, self.data)


def _read(parse: object, typed: str | None) -> int | None:
    if not (typed or "").strip():
        return None
    try:
        return parse(typed)  # type: ignore[operator,no-any-return]
    except RuleBroken as broken:
        told = gettext(broken.message)
        raise ValidationError(told % broken.values if broken.values else told) from None


_AMOUNT = InputRequired(_l("Skriv ett belopp."))
_DAY = InputRequired(_l("Ange en dag."))
_MONEY = {"inputmode": "numeric", "autocomplete": "off"}


class ClaimForm(FlaskForm):  # type: ignore[misc]
    """A claim of granted money."""

    year = SelectField(_l("Av medlen för"), coerce=int, validators=[InputRequired(_l("Välj ett år."))])
    amount = AmountField(_l("Belopp"), validators=[_AMOUNT], render_kw=_MONEY)
    text = TextAreaField(
        _l("Vad gäller det?"),
        description=_l("Till exempel vilka månader, och ert fakturanummer."),
        validators=[Optional(), Length(max=1000)],
        render_kw={"rows": 3},
    )

    def offer(self, years: Iterable[tuple[int, str]]) -> None:
        """Let money of one of these years be claimed: the year and how it reads."""
        self.year.choices = [SelectChoice(str(year), text) for year, text in years]


class RefuseForm(FlaskForm):  # type: ignore[misc]
    """Why a claim is refused."""

    reason = TextAreaField(
        _l("Varför avslås rekvisitionen?"),
        description=_l("Mottagaren får läsa det."),
        validators=[InputRequired(_l("Skriv varför.")), Length(max=1000)],
        render_kw={"rows": 3},
    )


class PaidForm(FlaskForm):  # type: ignore[misc]
    """The day a claim was paid."""

    day = DateField(_l("Utbetalt den"), validators=[_DAY])


class PaymentForm(FlaskForm):  # type: ignore[misc]
    """One payment of a plan."""

    due_on = DateField(_l("Dag"), validators=[_DAY])
    amount = AmountField(_l("Belopp"), validators=[_AMOUNT], render_kw=_MONEY)
    text = StringField(_l("Anteckning"), validators=[Optional(), Length(max=200)])


class StatusForm(FlaskForm):  # type: ignore[misc]
    """A status report to ask for."""

    period_start = DateField(_l("Från och med"), validators=[_DAY])
    period_end = DateField(_l("Till och med"), validators=[_DAY])
    due_on = DateField(_l("Lämnas senast"), validators=[_DAY])


class MoreForm(FlaskForm):  # type: ignore[misc]
    """What a report lacks."""

    remark = TextAreaField(
        _l("Vad behöver kompletteras?"),
        description=_l("Mottagaren får läsa det och får tillbaka rapporten att rätta."),
        validators=[InputRequired(_l("Skriv vad som behöver kompletteras.")), Length(max=1000)],
        render_kw={"rows": 3},
    )
    due_on = DateField(_l("Senast"), validators=[_DAY])


class NotNeededForm(FlaskForm):  # type: ignore[misc]
    """Why a report is not needed."""

    reason = StringField(
        _l("Varför behövs rapporten inte?"), validators=[InputRequired(_l("Skriv varför.")), Length(max=300)]
    )


class RemainderForm(FlaskForm):  # type: ignore[misc]
    """What becomes of unused money."""

    what = RadioField(
        _l("Vad ska hända med pengarna?"),
        choices=[
            SelectChoice("returned", _l("Återbetalas till förbundet")),
            SelectChoice("carried_over_paid", _l("Förs över till ett senare år, är redan utbetalda")),
            SelectChoice("carried_over", _l("Förs över till ett senare år, är inte rekvirerade")),
            SelectChoice("released", _l("Släpps fria, är inte rekvirerade")),
        ],
        validators=[InputRequired(_l("Välj vad som ska hända med pengarna."))],
    )
    year = SelectField(_l("Av medlen för"), coerce=int, validators=[InputRequired(_l("Välj ett år."))])
    to_year = IntegerField(
        _l("Till år"),
        description=_l("Bara när pengar förs över."),
        validators=[Optional()],
        render_kw={"inputmode": "numeric"},
    )
    amount = AmountField(_l("Belopp"), validators=[_AMOUNT], render_kw=_MONEY)
    day = DateField(_l("Beslutat den"), validators=[_DAY])
    text = StringField(
        _l("Beslut eller skäl"),
        description=_l("För överföring: paragrafen, till exempel § 631."),
        validators=[InputRequired(_l("Skriv vad som är bestämt, eller varför.")), Length(max=1000)],
    )

    def offer(self, years: Iterable[int]) -> None:
        """Let money of one of these years be settled."""
        self.year.choices = [SelectChoice(str(year), str(year)) for year in years]


class GrantPeriodForm(FlaskForm):  # type: ignore[misc]
    """The days a grant is for."""

    starts_on = DateField(_l("Från och med"), validators=[_DAY])
    ends_on = DateField(_l("Till och med"), validators=[_DAY])


class SourceForm(FlaskForm):  # type: ignore[misc]
    """Where amounts that are being noted are from; the amounts themselves are drawn by the page."""

    source = StringField(
        _l("Var kommer uppgifterna ifrån?"),
        description=_l("Till exempel Tertialrapport 1 eller § 630."),
        validators=[Optional(), Length(max=200)],
    )


class FundsForm(FlaskForm):  # type: ignore[misc]
    """What can be given in a year."""

    year = IntegerField(
        _l("År"), validators=[InputRequired(_l("Skriv ett år."))], render_kw={"inputmode": "numeric", "min": 2000}
    )
    budget = AmountField(
        _l("Avsatt för insatser"),
        description=_l("Det som styrelsen har avsatt i årets budget."),
        validators=[_AMOUNT],
        render_kw=_MONEY,
    )
    income = AmountField(
        _l("Årets intäkter"),
        description=_l("Behövs när taket för eget kapital är en andel av intäkterna."),
        validators=[Optional()],
        render_kw=_MONEY,
    )
    own_capital = AmountField(_l("Eget kapital vid årets början"), validators=[Optional()], render_kw=_MONEY)
    day = DateField(_l("Beslutat den"), validators=[_DAY])
    source = StringField(
        _l("Källa"),
        description=_l("Till exempel budgeten för 2026, § 12."),
        validators=[InputRequired(_l("Skriv källan.")), Length(max=200)],
    )


class CapForm(FlaskForm):  # type: ignore[misc]
    """The recommended cap on own capital."""

    valid_from = DateField(_l("Gäller från och med"), validators=[_DAY])
    share = PercentField(
        _l("Andel av årets intäkter"), description=_l("Till exempel 20 procent."), validators=[Optional()]
    )
    amount = AmountField(_l("Eller ett belopp"), validators=[Optional()], render_kw=_MONEY)
    source = StringField(
        _l("Källa"),
        description=_l("Till exempel rekommendationen från Nationella rådet."),
        validators=[InputRequired(_l("Skriv källan.")), Length(max=200)],
    )


class ReportRuleForm(FlaskForm):  # type: ignore[misc]
    """How many days after its period a kind of report is due."""

    kind = SelectField(
        _l("Rapport"),
        choices=[
            SelectChoice("tertial", _l("Tertialrapport")),
            SelectChoice("year", _l("Årsrapport")),
            SelectChoice("final", _l("Slutrapport")),
        ],
    )
    days = IntegerField(
        _l("Dagar efter periodens slut"),
        description=_l("Tomt betyder att sådana rapporter inte begärs."),
        validators=[Optional()],
        render_kw={"inputmode": "numeric", "min": 0},
    )
    valid_from = DateField(_l("För bidrag beslutade från och med"), validators=[_DAY])
    source = StringField(_l("Källa"), validators=[InputRequired(_l("Skriv källan.")), Length(max=200)])
