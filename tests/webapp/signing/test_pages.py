"""The whole way through the signing pages, every wrong turn, and the files."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from paragraf.register.models import Direction, DocumentKind
from paragraf.register.operations import file_document
from paragraf.signing import operations
from paragraf.signing.models import EventKind, SignatureRound
from paragraf.signing.rules import RoundState
from tests.parts.world import NOW, World
from tests.signing import acting
from tests.signing.acting import CHAIR, SECRETARY, VERIFIER, Completions, Round
from tests.webapp.signing.browsing import (
    ADDRESSES,
    CONTENT,
    WORDING,
    inside,
    let_in,
    sign,
    type_code,
)
from webapp import signing as pages

# --- the whole way ---------------------------------------------------------------------------------------------------


def test_who_you_are_read_sign(sent: Round, mobile: FlaskClient, done: Completions) -> None:
    first = mobile.get(f"/signera/{sent.token()}/")
    assert "Vem är du?" in first.text
    assert "ett protokoll" in first.text
    assert "16 mars 2026" in first.text

    asked = mobile.post(f"/signera/{sent.token()}/kod", data={"email": " Olle@norrdal.example"})
    assert asked.status_code == 303
    second = mobile.get(asked.headers["Location"])
    assert 'autocomplete="one-time-code"' in second.text
    assert 'inputmode="numeric"' in second.text

    place = type_code(mobile, sent, sent.code()).headers["Location"]
    assert sent.token() not in place
    read = mobile.get(place)
    assert WORDING in read.text
    assert 'class="paper ' in read.text

    go_on = mobile.post(place, data={"sha256": sent.sha256})
    assert (
        "Jag har läst protokollet och skriver under det som ordförande." in mobile.get(go_on.headers["Location"]).text
    )
    signed = sign(mobile, sent, place)
    assert signed.headers["Location"] == place
    after = mobile.get(place).text
    assert "Tack, du har skrivit under" in after
    assert "1 av 3" in after
    assert WORDING in after
    assert sent.kinds()[1:] == [EventKind.CODE_SENT, EventKind.IDENTIFIED, EventKind.SHOWN, EventKind.SIGNED]


def test_the_last_signature_completes(sent: Round, app: Flask, done: Completions) -> None:
    for who in (CHAIR, SECRETARY, VERIFIER):
        browser = app.test_client()
        place = let_in(browser, sent, who)
        sign(browser, sent, place)
    assert done.rounds == [sent.id]
    assert sent.state() is RoundState.COMPLETED
    assert "Alla har skrivit under" in browser.get(place).text


def test_a_verifier_signs_with_a_dissenting_opinion_and_nobody_else_is_asked(
    sent: Round, app: Flask, done: Completions
) -> None:
    chair, verifier = app.test_client(), app.test_client()
    assert "Anteckna en avvikande mening" not in chair.get(f"{let_in(chair, sent)}skriv-under").text
    place = let_in(verifier, sent, VERIFIER)
    assert "Anteckna en avvikande mening" in verifier.get(f"{place}skriv-under").text
    too_long = sign(verifier, sent, place, dissent="x" * 1001)
    assert too_long.status_code == 422
    assert "Skriv högst 1000 tecken." in too_long.text
    sign(verifier, sent, place, dissent="§ 627 <stämmer> inte.")
    after = verifier.get(place).text
    assert "Tack, du har skrivit under" in after
    assert "Din avvikande mening: § 627 &lt;stämmer&gt; inte." in after


def test_declining_asks_why_and_tells(sent: Round, mobile: FlaskClient) -> None:
    place = let_in(mobile, sent)
    assert "avslutas omgången" in mobile.get(f"{place}avboj").text
    empty = mobile.post(f"{place}avboj", data={"reason": ""})
    assert empty.status_code == 422
    assert "Skriv varför" in empty.text
    answer = mobile.post(f"{place}avboj", data={"reason": "§ 3 <b>är</b> fel."})
    page = mobile.get(answer.headers["Location"]).text
    assert "Du har avböjt" in page
    assert WORDING not in page
    assert sent.state() is RoundState.DECLINED
    assert len(sent.reading(lambda session, _made: acting.letters(session, "declined"))) == 2


def test_two_documents_at_once_in_one_browser(
    sent: Round, world: World, mobile: FlaskClient, done: Completions
) -> None:
    other = Round(world, CONTENT)
    one, two = let_in(mobile, sent), let_in(mobile, other)
    assert sign(mobile, sent, one).headers["Location"] == one
    assert "Tack" in mobile.get(one).text
    assert "Läs först" in mobile.get(two).text


def test_the_pages_speak_the_signatorys_language_unless_another_is_chosen(sent: Round, mobile: FlaskClient) -> None:
    sent.change(lambda _session, made: setattr(made.signatories[CHAIR], "language", "en"))
    assert '<html lang="en">' in mobile.get(f"/signera/{sent.token()}/").text
    mobile.post("/sprak", data={"language": "sv"})
    assert '<html lang="sv">' in mobile.get(f"/signera/{sent.token()}/").text


def test_a_signatory_sees_one_thing(sent: Round, mobile: FlaskClient) -> None:
    assert "masthead-nav" not in mobile.get(f"/signera/{sent.token()}/").text


# --- finding 13 and acts at the wrong time ---------------------------------------------------------------------------


def test_finding_13_what_the_page_showed_must_be_what_is_signed(
    sent: Round, mobile: FlaskClient, done: Completions
) -> None:
    place = let_in(mobile, sent)
    for path in ("", "skriv-under"):
        answer = mobile.post(place + path, data={"sha256": "0" * 64, "agree": "y"})
        assert answer.status_code == 303
        assert "bytts ut" in mobile.get(answer.headers["Location"]).text
    assert not {EventKind.SHOWN, EventKind.SIGNED} & set(sent.kinds())


def test_signing_needs_the_box(sent: Round, mobile: FlaskClient, done: Completions) -> None:
    place = let_in(mobile, sent)
    answer = mobile.post(f"{place}skriv-under", data={"sha256": sent.sha256})
    assert answer.status_code == 422
    assert "Kryssa i rutan" in answer.text
    assert EventKind.SIGNED not in sent.kinds()


def test_signing_twice_says_that_it_is_done(sent: Round, mobile: FlaskClient, done: Completions) -> None:
    place = let_in(mobile, sent)
    sign(mobile, sent, place)
    assert "redan skrivit under" in mobile.get(sign(mobile, sent, place).headers["Location"]).text
    assert mobile.get(f"{place}skriv-under").headers["Location"] == place
    assert mobile.get(f"{place}avboj").headers["Location"] == place
    assert sent.kinds().count(EventKind.SIGNED) == 1


def test_a_document_withdrawn_while_it_is_read(sent: Round, mobile: FlaskClient, done: Completions) -> None:
    place = let_in(mobile, sent)
    sent.change(
        lambda session, made: operations.withdraw_round(
            session, made, reason="Fel version.", now=NOW, actor="Sonja Ekvall"
        )
    )
    after = mobile.get(sign(mobile, sent, place).headers["Location"]).text
    assert "tillbakadraget" in after
    assert "Fel version." in after
    assert WORDING not in after
    assert mobile.get(f"{place}word").status_code == 404
    assert EventKind.SIGNED not in sent.kinds()


def test_when_another_has_declined(sent: Round, mobile: FlaskClient, laptop: FlaskClient, done: Completions) -> None:
    mine, theirs = let_in(mobile, sent), let_in(laptop, sent, SECRETARY)
    laptop.post(f"{theirs}avboj", data={"reason": "§ 3 är fel."})
    page = mobile.get(sign(mobile, sent, mine).headers["Location"]).text
    assert "Omgången är avslutad" in page
    assert WORDING not in page


# --- finding 19 and the files ----------------------------------------------------------------------------------------


def test_finding_19_no_page_leaks(sent: Round, mobile: FlaskClient, done: Completions) -> None:
    token = sent.token()
    pages_seen = [mobile.get(f"/signera/{token}/"), mobile.get("/signera/wrong/"), mobile.get("/signera/ny-lank")]
    pages_seen += [mobile.get(inside(sent)[0])]
    place = let_in(mobile, sent)
    pages_seen += [mobile.get(place), mobile.get(f"{place}avboj"), mobile.get(f"{place}skriv-under")]
    for page in pages_seen:
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//(?!localhost)', page.text)
    for page in pages_seen[4:]:
        assert token not in page.text
    assert mobile.get(f"{place}word").headers["Cache-Control"] == "no-store"


def test_the_word_file_is_the_very_bytes(sent: Round, mobile: FlaskClient) -> None:
    answer = mobile.get(f"{let_in(mobile, sent)}word")
    assert answer.data == CONTENT
    assert answer.headers["Content-Type"] == acting.WORD
    assert "protokoll.docx" in answer.headers["Content-Disposition"]


def test_the_pdf_is_offered_when_there_is_one(sent: Round, mobile: FlaskClient) -> None:
    place = let_in(mobile, sent)
    assert "PDF" not in mobile.get(place).text
    assert mobile.get(f"{place}pdf").status_code == 404
    sent.change(
        lambda session, made: file_document(
            session,
            association_id=made.association_id,
            matter=None,
            kind=DocumentKind.MINUTES,
            direction=Direction.MADE,
            title="Protokoll",
            filename="protokoll.pdf",
            media_type="application/pdf",
            content=b"%PDF-1.7",
            now=NOW,
            actor="Paragraf",
            rendered_from=made.document,
        )
    )
    assert "Hämta som PDF" in mobile.get(place).text
    assert mobile.get(f"{place}pdf").data == b"%PDF-1.7"


def test_what_is_no_word_file_is_offered_as_a_file(sent: Round, world: World, mobile: FlaskClient) -> None:
    with world.database.writing() as session:
        plain = acting.freeze(session, world.north, b"%PDF-1.7 signed as it is", "application/pdf")
    assert pages.ReadingCopies().of(plain) is None


def test_reading_copies_are_made_once_and_the_oldest_are_forgotten(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[bytes] = []

    def copy(content: bytes) -> str:
        made.append(content)
        return "<p>copy</p>"

    monkeypatch.setattr(pages, "reading_copy", copy)
    monkeypatch.setattr(pages, "_COPIES_KEPT", 2)
    kept = pages.ReadingCopies()
    with world.database.writing() as session:
        first, second, third = (acting.freeze(session, world.north, bytes([number])) for number in (1, 2, 3))
        for document in (first, first, second, first, third, first, second):
            assert kept.of(document) == "<p>copy</p>"
    assert made == [b"\x01", b"\x02", b"\x03", b"\x02"]


def test_markup_in_names_and_titles_is_text(world: World, app: Flask, mobile: FlaskClient) -> None:
    with world.database.writing() as session:
        chair = session.merge(world.north.chair)
        chair.name = "<script>alert(1)</script>"
        title = "<img src=x onerror=alert(1)>"
        acting.send_out(session, world.north, title=title, document=acting.freeze(session, world.north, CONTENT))
        made = session.scalars(select(SignatureRound)).one()
        token = acting.mailed_token(session, made.signatories[CHAIR])
    mobile.post(f"/signera/{token}/kod", data={"email": ADDRESSES[CHAIR]})
    with world.database.reading() as session:
        code = acting.mailed_code(session, session.scalars(select(SignatureRound)).one().signatories[CHAIR])
    place = mobile.post(f"/signera/{token}/vem", data={"code": code}).headers["Location"]
    page = mobile.get(place).text
    assert "<script>alert" not in page
    assert "<img" not in page
