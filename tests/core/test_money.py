"""Amounts, percentages and posts: as typed, as integers, as printed; and what is refused rather than guessed."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.errors import RuleBroken
from paragraf.core.money import (
    LARGEST_AMOUNT,
    LARGEST_PERCENTAGE,
    LARGEST_STAFFING,
    parse_amount,
    parse_full_time,
    parse_optional_amount,
    parse_percent,
    percent_of_full_time,
    print_amount,
    print_full_time,
    print_percent,
)

KRONA = 100


# --- amounts


@pytest.mark.parametrize(
    ("typed", "kronor"),
    [
        ("410 000 kr", 410_000),
        ("120 000kr", 120_000),
        ("545 000", 545_000),
        ("545000", 545_000),
        ("1 729 036 kronor", 1_729_036),
        ("5 776 tkr", 5_776_000),
        ("2,2 milj", 2_200_000),
        ("2,2 milj.", 2_200_000),
        ("2,2 Milj. kr", 2_200_000),
        ("2.2 miljoner kronor", 2_200_000),
        ("2,234 milj", 2_234_000),
        ("½ milj", 500_000),
        ("500 kkr", 500_000),
        ("500 tusen kr", 500_000),
        ("6 MNKR", 6_000_000),
        ("10 milj.kr.", 10_000_000),
        ("6,1 mkr", 6_100_000),
        ("1 krona", 1),
        ("410 000:-", 410_000),
        ("410 000,-", 410_000),
        ("410\u00a0000\u00a0kr", 410_000),
        ("410\u202f000 KR", 410_000),
        ("0", 0),
        ("-0 kr", 0),
        ("−1 000 kr", -1_000),
        ("-1000", -1_000),
        ("– 247 100", -247_100),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, kronor: int) -> None:
    assert parse_amount(typed) == kronor * KRONA


@pytest.mark.parametrize(
    ("typed", "ore"),
    [("1 234,50", 123_450), ("1 234,5 kr", 123_450), ("0.05", 5), ("-0,01", -1), ("0,001 milj", 100_000)],
)
def test_decimals_are_ore(typed: str, ore: int) -> None:
    assert parse_amount(typed) == ore


@pytest.mark.parametrize("typed", ["1.234", "1,234", "1.234 kr", "5,776 tkr", "5.776 tkr", "2.234 milj", "410.000"])
def test_a_mark_before_three_digits_may_part_thousands_and_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        parse_amount(typed)
    assert str(refused.value).startswith(f"”{typed}” kan läsas på två sätt")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "–",
        "kr",
        "kr 10",
        "ca 10 000",
        "10 000 euro",
        "10 000 kr/år",
        "41 0000",
        "4 10 000",
        "1729 036",
        "1.729.036",
        "1 234,50,10",
        "1 + 1",
        "--5",
        "1e6",
        "²50",
        "٤١٠",
        "nan",
        "9" * 5000,
    ],
)
def test_what_is_no_amount_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        parse_amount(typed)
    assert str(refused.value).endswith("Skriv till exempel 410 000 kr.")


@pytest.mark.parametrize("typed", ["1,2345", "0,123456 tkr", "1,123456789 milj"])
def test_less_than_an_ore_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken, match="hela ören"):
        parse_amount(typed)


def test_the_largest_amount_is_taken_and_one_ore_more_is_not() -> None:
    assert parse_amount(print_amount(LARGEST_AMOUNT)) == LARGEST_AMOUNT
    for too_much in (LARGEST_AMOUNT + 1, -LARGEST_AMOUNT - 1):
        with pytest.raises(RuleBroken, match="för stort"):
            parse_amount(print_amount(too_much))


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0", "\n"])
def test_an_empty_amount_is_unknown_and_not_zero(blank: str) -> None:
    assert parse_optional_amount(blank) is None


def test_an_optional_amount_that_is_written_is_read() -> None:
    assert parse_optional_amount("0") == 0
    assert parse_optional_amount("410 000 kr") == 410_000 * KRONA
    with pytest.raises(RuleBroken):
        parse_optional_amount("mycket")


@pytest.mark.parametrize(
    ("amount", "swedish", "english"),
    [
        (41_000_000, "410 000 kr", "SEK 410,000"),
        (0, "0 kr", "SEK 0"),
        (123_450, "1 234,50 kr", "SEK 1,234.50"),
        (5, "0,05 kr", "SEK 0.05"),
        (-100_000, "−1 000 kr", "−SEK 1,000"),
        (-50, "−0,50 kr", "−SEK 0.50"),
        (100_000_000_00, "100 000 000 kr", "SEK 100,000,000"),
    ],
)
def test_an_amount_is_printed_with_no_break_spaces_and_ore_only_if_any(amount: int, swedish: str, english: str) -> None:
    assert print_amount(amount) == swedish.replace(" ", "\u00a0")
    assert print_amount(amount, "en") == english.replace(" ", "\u00a0")


@given(st.integers(min_value=-LARGEST_AMOUNT, max_value=LARGEST_AMOUNT))
def test_a_printed_amount_is_read_back(amount: int) -> None:
    assert parse_amount(print_amount(amount)) == amount


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    with suppress(RuleBroken):
        assert abs(parse_amount(text)) <= LARGEST_AMOUNT


# --- percent


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("35 %", 3500),
        ("90%", 9000),
        ("35\u00a0%", 3500),
        ("12,5 procent", 1250),
        ("0,25 %", 25),
        ("1 %", 100),
        ("35", 3500),
        ("0", 0),
        ("½", 5000),
        ("½ %", 50),
        ("−2 %", -200),
    ],
)
def test_a_percentage_is_hundredths_of_a_percent(typed: str, points: int) -> None:
    assert parse_percent(typed) == points


@pytest.mark.parametrize("typed", ["0,8", "1", "0.35", "-1"])
def test_a_bare_number_that_may_be_a_share_of_one_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        parse_percent(typed)
    assert str(refused.value) == f"”{typed}” kan vara procent eller en andel. Skriv till exempel 0,8 % eller 80 %."


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "35 %"),
        ("hälften", "35 %"),
        ("35 kr", "35 %"),
        ("1,234 %", "högst två decimaler"),
        ("100001 %", "för stort"),
    ],
)
def test_what_is_no_percentage_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        parse_percent(typed)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("points", "swedish", "english"),
    [
        (3500, "35 %", "35%"),
        (1250, "12,5 %", "12.5%"),
        (25, "0,25 %", "0.25%"),
        (0, "0 %", "0%"),
        (-200, "−2 %", "−2%"),
    ],
)
def test_a_percentage_is_printed_with_needed_decimals_only(points: int, swedish: str, english: str) -> None:
    assert print_percent(points) == swedish.replace(" ", "\u00a0")
    assert print_percent(points, "en") == english


@given(st.integers(min_value=-LARGEST_PERCENTAGE, max_value=LARGEST_PERCENTAGE))
def test_a_printed_percentage_is_read_back(points: int) -> None:
    assert parse_percent(print_percent(points)) == points


# --- posts


@pytest.mark.parametrize(
    ("typed", "thousandths"),
    [
        ("0,8 tjänst", 800),
        ("0.8", 800),
        ("1.0 tjänst", 1000),
        ("1,85", 1850),
        ("0,125 tjänst", 125),
        ("2 tjänster", 2000),
        ("80 %", 800),
        ("75%", 750),
        ("½", 500),
        ("½ tjänst", 500),
        ("1½ tjänst", 1500),
        ("1 ¼", 1250),
        ("0", 0),
    ],
)
def test_staffing_is_thousandths_of_a_full_time_post(typed: str, thousandths: int) -> None:
    assert parse_full_time(typed) == thousandths


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("80", "procent eller hela tjänster"),
        ("", "0,8 tjänst eller 80 %"),
        ("halvtid", "0,8 tjänst eller 80 %"),
        ("-0,5 tjänst", "0,8 tjänst eller 80 %"),
        ("0,1234 tjänst", "högst tre decimaler"),
        ("1001 tjänster", "för stort"),
    ],
)
def test_what_is_no_staffing_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        parse_full_time(typed)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("thousandths", "swedish", "english"),
    [
        (800, "0,8 tjänst", "0.8 full-time equivalents"),
        (1000, "1,0 tjänst", "1.0 full-time equivalents"),
        (1850, "1,85 tjänst", "1.85 full-time equivalents"),
        (0, "0,0 tjänst", "0.0 full-time equivalents"),
    ],
)
def test_staffing_is_printed_with_at_least_one_decimal(thousandths: int, swedish: str, english: str) -> None:
    unbroken = print_full_time(thousandths)
    assert unbroken == swedish.replace(" ", "\u00a0")
    assert print_full_time(thousandths, "en").replace("\u00a0", " ") == english


@given(st.integers(min_value=0, max_value=LARGEST_STAFFING))
def test_printed_staffing_is_read_back_also_as_percent(thousandths: int) -> None:
    assert parse_full_time(print_full_time(thousandths)) == thousandths
    assert parse_full_time(print_percent(percent_of_full_time(thousandths))) == thousandths


def test_eight_tenths_of_a_post_is_eighty_percent() -> None:
    assert print_percent(percent_of_full_time(parse_full_time("0,8 tjänst"))) == "80\u00a0%"
