"""Mails are built without a letter being able to write its own headers."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.post import rules
from paragraf.post.parcels import Enclosure, Parcel, build_mail
from tests.parts.world import NOW

PARCEL = Parcel(
    message_id="<a@norrdal.example>",
    sender_name="Samordningsförbundet Norrdal",
    sender_address="kansli@norrdal.example",
    reply_to="svar@norrdal.example",
    to_name="Ida Öst",
    to_address="ida@norrdal.example",
    subject="Kallelse",
    body="Hej!\n",
    queued_at=NOW,
)
HEADERS = {
    *("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
    *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
}


@given(st.text(max_size=300), st.text(max_size=80), st.text(max_size=2000))
def test_whatever_is_written_arrives_under_our_headers(subject: str, name: str, body: str) -> None:
    subject, name, body = rules.one_line(subject), rules.one_line(name), rules.plain_text(body)
    sent = bytes(build_mail(replace(PARCEL, subject=subject, to_name=name, sender_name=name, body=body)))
    assert sent.isascii()
    read = message_from_bytes(sent, policy=policy.default)
    assert set(read.keys()) == HEADERS
    assert read["To"].addresses[0].addr_spec == "ida@norrdal.example"
    assert read.get_content().replace("\r\n", "\n") == body


def test_a_header_that_breaks_its_line_is_refused() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        build_mail(replace(PARCEL, subject="Hej\nBcc: alla@norrdal.example"))


def test_answers_go_to_the_sender_where_no_other_address_is_known() -> None:
    assert build_mail(replace(PARCEL, reply_to=""))["Reply-To"] is None


@pytest.mark.parametrize(
    ("media_type", "params"),
    [
        ("application/pdf", {}),
        ("text/calendar; method=REQUEST", {"charset": "utf-8", "method": "REQUEST"}),
        ("text/csv; charset=iso-8859-1", {"charset": "iso-8859-1"}),
    ],
)
def test_an_enclosure_keeps_its_type_and_bytes(media_type: str, params: dict[str, str]) -> None:
    content = "ÅÄÖ\r\n".encode("latin-1")
    mail = build_mail(replace(PARCEL, enclosures=(Enclosure("§ 14.bin", media_type, content),)))
    (part,) = message_from_bytes(bytes(mail), policy=policy.default).iter_attachments()
    assert part.get_content_type() == media_type.partition(";")[0]
    assert dict(part["Content-Type"].params) == params
    assert part.get_filename() == "§ 14.bin"
    assert part.get_payload(decode=True) == content
