"""Several on one application, by the pages: invited, writing, reading, taken away; and signing for the parties."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from paragraf.applications.models import Application, ApplicationParticipant
from paragraf.post.models import Letter
from paragraf.signing.models import Signatory, SignatureRound
from tests.applications.signing import OLE, RUT, ready, signed_answers
from tests.parts.world import World
from tests.webapp.applications.acting import ClientOf, link_in_last_letter, post_section, submit, told

WRITER = "skribent@regionen.example"


def invite(visitor: FlaskClient, link: str, role: str = "writer", email: str = WRITER) -> None:
    fields = {"email": email, "name": "Siv Skribent", "organisation": "Regionen", "role": role, "language": "sv"}
    assert visitor.post(link + "medverkande", data=fields).status_code == 303


def participant_id(world: World) -> int:
    with world.database.reading() as session:
        return session.scalars(select(ApplicationParticipant.id)).one()


def test_a_writer_writes_and_the_owner_sees_who(world: World, visitor: FlaskClient, link: str) -> None:
    invite(visitor, link)
    theirs = link_in_last_letter(world)
    assert post_section(visitor, theirs, "operation", {"name": "Stegvis"}).status_code == 303
    assert "av Siv Skribent" in told(visitor.get(link))
    assert "Senast ändrat av Siv Skribent" in told(visitor.get(link + "operation"))
    assert "Senast ändrat av" not in told(visitor.get(theirs + "operation"))


def test_a_writer_neither_invites_nor_submits(world: World, visitor: FlaskClient, link: str) -> None:
    invite(visitor, link)
    theirs = link_in_last_letter(world)
    assert "Mejla en inbjudan" not in visitor.get(theirs + "medverkande").text
    for path in ("medverkande", "granska", "lank", f"medverkande/{participant_id(world)}/ta-bort", "aterta"):
        answer = visitor.post(theirs + path, data={"email": "x@y.example", "role": "writer", "language": "sv"})
        assert answer.status_code == 403, path


@pytest.mark.parametrize("role", ["reader", "signatory"])
def test_a_reader_reads_and_nothing_else(world: World, visitor: FlaskClient, link: str, role: str) -> None:
    post_section(visitor, link, "operation", {"name": "Stegvis"})
    invite(visitor, link, role)
    theirs = link_in_last_letter(world)
    page = told(visitor.get(theirs + "operation"))
    assert "Stegvis" in page
    assert "<textarea" not in page
    assert "läsa men inte ändra" in page
    assert visitor.post(theirs + "operation", data={"name": "X", "base-version": "1"}).status_code == 403
    assert visitor.get(theirs + "granska").status_code == 200


def test_roles_links_and_taking_away(world: World, visitor: FlaskClient, link: str) -> None:
    invite(visitor, link)
    first, own = link_in_last_letter(world), f"medverkande/{participant_id(world)}"
    assert visitor.post(link + own + "/roll", data={"role": "reader"}).status_code == 303
    assert "<textarea" not in visitor.get(first + "operation").text
    assert visitor.post(link + own + "/roll", data={"role": "owner"}).status_code == 422
    assert visitor.post(link + own + "/lank").status_code == 303
    second = link_in_last_letter(world)
    assert (visitor.get(first).status_code, visitor.get(second).status_code) == (410, 200)
    assert visitor.post(link + own + "/ta-bort").status_code == 303
    assert visitor.get(second).status_code == 410
    assert visitor.post(link + own + "/ta-bort").status_code == 404


def test_an_address_that_is_in_already_is_told_at_its_field(visitor: FlaskClient, link: str) -> None:
    invite(visitor, link)
    again = visitor.post(link + "medverkande", data={"email": WRITER, "role": "reader", "language": "sv"})
    assert again.status_code == 422
    assert "redan inbjuden" in told(again)
    assert visitor.post(link + "medverkande", data={"email": "inget"}).status_code == 422


# --- signing ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def whole(world: World) -> str:
    """The link to an application that lacks nothing but its signatures."""
    with world.database.writing() as session:
        ready(session, world.north)
    return link_in_last_letter(world)


def sign(world: World, client_of: ClientOf, email: str, *, declined: str = "") -> None:
    """All that a signatory does, each in a browser of their own."""
    browser = client_of(None)
    with world.database.reading() as session:
        letters = select(Letter.body).where(Letter.to_address == email).order_by(Letter.id.desc())
        token = re.search(r"/signera/([^/\s]+)/", session.scalars(letters.limit(1)).one())
    assert token is not None
    page = browser.get(f"/signera/{token[1]}/")
    assert "En ansökan till" in page.text
    browser.post(f"/signera/{token[1]}/kod", data={"email": email})
    with world.database.reading() as session:
        codes = select(Letter.body).where(Letter.to_address == email, Letter.kind == "signing_code")
        code = re.search(r"^\d{6}$", session.scalars(codes.order_by(Letter.id.desc()).limit(1)).one(), re.MULTILINE)
    assert code is not None
    read = browser.post(f"/signera/{token[1]}/vem", data={"code": code[0]}).headers["Location"]
    shown = browser.get(read)
    assert "för Granviks kommun" in shown.text or "för Region Norrdal" in shown.text
    sha256 = re.search(r'name="sha256"[^>]*value="(\w+)"', shown.text)
    assert sha256 is not None
    if declined:
        assert browser.post(read + "avboj", data={"reason": declined}).status_code == 303
        assert "De som har skrivit ansökan" in browser.get(read).text
        return
    assert browser.post(read + "skriv-under", data={"sha256": sha256[1], "agree": "y"}).status_code == 303


def the_application(world: World) -> Application:
    with world.database.reading() as session:
        return session.scalars(select(Application)).one()


def test_two_parties_sign_and_it_has_come_in(
    world: World, visitor: FlaskClient, client_of: ClientOf, whole: str
) -> None:
    review = told(visitor.get(whole + "granska"))
    assert "Rut Lindmark, Granviks kommun" in review
    answer = submit(visitor, whole)
    assert (answer.status_code, answer.headers["Location"].endswith("/underskrifter")) == (303, True)
    assert "0 av 2 har skrivit under" in told(visitor.get(whole + "underskrifter"))
    sign(world, client_of, RUT)
    page = told(visitor.get(whole + "underskrifter"))
    assert "1 av 2 har skrivit under" in page
    assert "firmatecknare för Granviks kommun" in page
    assert the_application(world).submitted_at is None
    sign(world, client_of, OLE)
    page = told(visitor.get(whole))
    assert "Diarienummer 2026/1" in page
    assert visitor.get(whole + "handling").status_code == 200
    assert visitor.get(whole + "underskrifter/handling").status_code == 200


def test_a_change_in_between_is_refused_then_chosen_and_told(
    world: World, visitor: FlaskClient, client_of: ClientOf, whole: str
) -> None:
    submit(visitor, whole)
    sign(world, client_of, RUT)
    page = told(visitor.get(whole + "operation"))
    assert "<textarea" not in page
    assert "Ändra ansökan ändå" in page
    late = visitor.post(whole + "operation", data={"name": "Steg", "base-version": str(the_application(world).version)})
    assert late.status_code == 422
    assert "Steg" in late.text
    anyway = visitor.get(whole + "operation?andra=1").text
    assert 'name="during-signing" value="1"' in anyway
    version = str(the_application(world).version)
    fields = {"name": "Steg för steg", "base-version": version, "during-signing": "1"}
    assert visitor.post(whole + "operation", data=fields).status_code == 303
    page = told(visitor.get(whole))
    assert "Underskrifterna räknas därför inte" in page
    assert "”Stegvis” blev ”Steg för steg”" in page
    assert submit(visitor, whole).status_code == 303
    for email in (RUT, OLE):
        sign(world, client_of, email)
    assert the_application(world).submitted_at is not None


def test_the_script_is_told_that_the_signatures_are_void(world: World, visitor: FlaskClient, whole: str) -> None:
    submit(visitor, whole)
    version = str(the_application(world).version)
    fields = {"name": "Steg för steg", "base-version": version, "during-signing": "1"}
    answer = visitor.post(whole + "operation", data=fields, headers={"Accept": "application/json"})
    assert "Underskrifterna räknas inte längre" in answer.get_json()["saved"]


def test_who_lacks_the_right_declines_and_the_page_says_what_to_do(
    world: World, visitor: FlaskClient, client_of: ClientOf, whole: str
) -> None:
    submit(visitor, whole)
    sign(world, client_of, OLE, declined="Jag har inte rätt att skriva under.")
    page = told(visitor.get(whole + "underskrifter"))
    assert "Jag har inte rätt att skriva under." in page
    assert "Byt då till den som har det" in page
    assert "<textarea" in visitor.get(whole + "operation").text
    assert submit(visitor, whole).status_code == 303


def test_reminding_and_a_new_link(world: World, visitor: FlaskClient, whole: str) -> None:
    assert visitor.get(whole + "underskrifter").status_code == 302
    assert visitor.post(whole + "underskrifter/paminn").status_code == 422
    submit(visitor, whole)
    assert visitor.post(whole + "underskrifter/paminn").status_code == 303
    with world.database.reading() as session:
        signatory = session.scalars(select(Signatory).where(Signatory.email == OLE)).one()
    assert visitor.post(whole + f"underskrifter/{signatory.id}/lank").status_code == 303
    assert visitor.post(whole + "underskrifter/999999/lank").status_code == 422
    with world.database.reading() as session:
        assert len(session.scalars(select(Letter).where(Letter.kind == "sign_reminder")).all()) == 2
        assert session.scalars(select(SignatureRound)).one().completed_at is None


def test_two_with_one_address_are_told_on_the_review(world: World, visitor: FlaskClient) -> None:
    with world.database.writing() as session:
        one, other = signed_answers(world.north)["signatories"]
        ready(session, world.north, one, other | {"email": RUT})
    link = link_in_last_letter(world)
    page = told(visitor.get(link + "granska"))
    assert "Samma e-postadress" in page
    assert submit(visitor, link).status_code == 422
