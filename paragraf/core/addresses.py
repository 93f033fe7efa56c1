"""Absolute addresses for letters. Letters are written without a web request, so Flask's url_for is not at hand;
tests/webapp/test_addresses.py holds these against the routes."""

from __future__ import annotations

from paragraf.core.settings import Settings


def start(settings: Settings, slug: str) -> str:
    """The association's public page."""
    return f"{settings.base_url}/{slug}/"


def sign_in(settings: Settings, slug: str, token: str) -> str:
    """The page on which a mailed link becomes a sign-in."""
    return f"{settings.base_url}/{slug}/logga-in/{token}"


def own_page(settings: Settings, slug: str) -> str:
    """Min sida."""
    return f"{settings.base_url}/{slug}/min-sida/"


def application(settings: Settings, token: str) -> str:
    """An applicant's own application."""
    return f"{settings.base_url}/ansokan/{token}/"


def applications(settings: Settings, slug: str) -> str:
    """All that has come in, as the office sees it."""
    return f"{settings.base_url}/{slug}/ansokningar/"


def submitted_application(settings: Settings, slug: str, year: int, number: int) -> str:
    """A submitted application by its register number, as the office sees it."""
    return f"{settings.base_url}/{slug}/ansokningar/{year}/{number}/"


def grant(settings: Settings, slug: str, year: int, number: int) -> str:
    """The grants of a matter, as the office sees them."""
    return f"{settings.base_url}/{slug}/bidrag/{year}/{number}/"


def signing(settings: Settings, token: str) -> str:
    """A signatory's page."""
    return f"{settings.base_url}/signera/{token}/"


def meeting(settings: Settings, slug: str, meeting_id: int) -> str:
    """A meeting with its agenda."""
    return f"{settings.base_url}/{slug}/moten/{meeting_id}/"


def calendar(settings: Settings, slug: str, token: str) -> str:
    """A person's own calendar of meetings, to subscribe to."""
    return f"{settings.base_url}/{slug}/kalender/{token}.ics"


def minutes(settings: Settings, slug: str, meeting_id: int) -> str:
    """The minutes of a meeting."""
    return f"{settings.base_url}/{slug}/moten/{meeting_id}/protokoll/"


def notice_board(settings: Settings, slug: str) -> str:
    """The public notice board."""
    return f"{settings.base_url}/{slug}/anslagstavla/"


def notice(settings: Settings, slug: str, notice_id: int) -> str:
    """A notice, as the office sees it: which boards have it."""
    return f"{settings.base_url}/{slug}/anslagstavla/{notice_id}/"


def extract(settings: Settings, token: str) -> str:
    """A certified extract, for the one to whom it was sent."""
    return f"{settings.base_url}/utdrag/{token}/"


def agreement(settings: Settings, slug: str, agreement_id: int) -> str:
    """An agreement."""
    return f"{settings.base_url}/{slug}/overenskommelser/{agreement_id}/"


def matter(settings: Settings, slug: str, year: int, number: int) -> str:
    """A matter in the register."""
    return f"{settings.base_url}/{slug}/arenden/{year}/{number}/"
