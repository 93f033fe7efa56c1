"""The whole chain in a browser, as a newcomer walks it: from a funding application to signed minutes, a notice and a
reminder. One test, since each step stands on the one before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.chain import applicant, chair, secretary, signatory
from tests.chain.office import CHAIR, SECRETARY, VERIFIER, Office
from tests.parts.browser import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.office]
OpenPage = Callable[..., Page]


def test_from_application_to_reminder(office_running: Office, open_page: OpenPage, tmp_path: Path) -> None:
    office = office_running
    number = _apply(office, open_page)
    desk = open_page()
    secretary.put_on_agenda(office, desk, number)
    called = secretary.send_notice(office, desk, number)
    secretary.take_attendance(desk, called)
    secretary.begin_minutes(desk)
    secretary.write_items(desk, _directors_page(office, open_page), applicant.years_ahead(), tmp_path)
    secretary.fix_and_send(office, desk)
    secretary.check_documents(office, desk)
    _sign(office, open_page)
    secretary.certify(desk, called)
    secretary.check_notice_board(office, open_page())
    secretary.check_extract(applicant.read_decision(office, open_page(), number))
    page = open_page()
    chair.sees_what_is_coming(office, page)
    chair.check_listing(chair.listing(office))
    chair.hears_of_the_next_meeting(office, page)


def _apply(office: Office, open_page: OpenPage) -> str:
    """Begun in one browser, finished in another."""
    years = applicant.years_ahead()
    first = open_page()
    applicant.begin(office, first)
    applicant.write_first_sections(first)
    first.context.close()
    second = open_page()
    applicant.come_back(office, second)
    applicant.write_the_rest(second, years)
    number = applicant.submit(office, second)
    # The thirteen matters of the year so far are the demonstration's.
    assert number == f"{years.first - 1}/14"
    return number


def _directors_page(office: Office, open_page: OpenPage) -> Page:
    page = open_page()
    office.sign_in(page, secretary.DIRECTOR)
    return page


def _sign(office: Office, open_page: OpenPage) -> None:
    """Chair, secretary and verifier, each on a phone of their own."""
    for place, email in enumerate((CHAIR, SECRETARY, VERIFIER)):
        phone = open_page(PHONE, has_touch=True, is_mobile=True)
        signatory.open_link(office, phone, email)
        signatory.say_who(office, phone, email, wrong_first=place == 0)
        signatory.read_and_sign(phone)
