import datetime as dt
import smtplib
from email.message import EmailMessage

import pytest
import time_machine

from tests.parts.smtp import SmtpServer


def send(server: SmtpServer, *recipients: str) -> dict[str, tuple[int, bytes]]:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "kansli@forbundet.example", ", ".join(recipients), "Kallelse § 14"
    letter.set_content("Välkommen till mötet.")
    with smtplib.SMTP("127.0.0.1", server.port, timeout=10) as client:
        return client.send_message(letter)


def test_keeps_the_letter_as_it_came(smtp_server: SmtpServer) -> None:
    send(smtp_server, "ledamot@forbundet.example")
    (delivered,) = smtp_server.messages
    assert delivered.sender == "kansli@forbundet.example"
    assert delivered.recipients == ["ledamot@forbundet.example"]
    assert delivered.message["Subject"] == "Kallelse § 14"
    assert delivered.message.get_content() == "Välkommen till mötet.\r\n"


@pytest.mark.parametrize("code", [451, 550])
def test_refuses_whom_it_is_told_to_and_takes_the_rest(smtp_server: SmtpServer, code: int) -> None:
    smtp_server.refuse("Borta@forbundet.example", code)
    refused = send(smtp_server, "borta@forbundet.example", "kvar@forbundet.example")
    assert refused["borta@forbundet.example"][0] == code
    assert smtp_server.messages[0].recipients == ["kvar@forbundet.example"]
    assert smtp_server.refused == [("borta@forbundet.example", code)]


def test_accepts_again(smtp_server: SmtpServer) -> None:
    smtp_server.refuse("borta@forbundet.example", 451)
    smtp_server.accept("borta@forbundet.example")
    assert send(smtp_server, "borta@forbundet.example") == {}


def test_other_codes_are_a_mistake_in_the_test(smtp_server: SmtpServer) -> None:
    with pytest.raises(ValueError, match="451, 550"):
        smtp_server.refuse("borta@forbundet.example", 250)


def test_can_go_away(smtp_server: SmtpServer) -> None:
    port = smtp_server.port
    smtp_server.stop()
    with pytest.raises(ConnectionRefusedError):
        smtplib.SMTP("127.0.0.1", port, timeout=10)


def test_its_url_says_where_it_listens(smtp_server: SmtpServer) -> None:
    assert smtp_server.url == f"smtp://127.0.0.1:{smtp_server.port}"


def test_travelled_time_does_not_disturb_it(smtp_server: SmtpServer) -> None:
    for year in (2031, 2001):
        with time_machine.travel(dt.datetime(year, 5, 1, tzinfo=dt.UTC), tick=False):
            send(smtp_server, "ledamot@forbundet.example")
    assert len(smtp_server.messages) == 2
