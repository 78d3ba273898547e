"""The mailbox and the chat room of the small internet."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

import httpx
import pytest

from monitor.demo import SmallInternet
from monitor.demo.smtp import HANG_UP, Stage


def _letter(text: str = "Er is iets gevonden.") -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = "naamwacht@example.org"
    letter["To"] = "sanne@example.org"
    letter["Subject"] = "Nieuws van uw naamwacht: één bericht (NW-4F7K)"
    letter["Message-ID"] = "<4f7k@example.org>"
    letter.set_content(text)
    letter.add_alternative("<p>Er is <script>iets</script> gevonden.</p>", subtype="html")
    return letter


def _send(internet: SmallInternet, letter: EmailMessage) -> None:
    with smtplib.SMTP(*internet.mail, timeout=10) as client:
        client.send_message(letter)


def test_a_letter_arrives_as_it_was_sent(internet: SmallInternet):
    _send(internet, _letter("Eerste regel\n.begint met een punt\n..en nog een\n"))

    (letter,) = internet.mailbox.wait_for(1, to="sanne@example.org", seconds=5)

    assert letter.subject == "Nieuws van uw naamwacht: één bericht (NW-4F7K)"
    assert letter.message_id == "<4f7k@example.org>"
    assert letter.text == "Eerste regel\n.begint met een punt\n..en nog een\n"
    assert (letter.sender, letter.recipients) == ("naamwacht@example.org", ("sanne@example.org",))


def test_two_letters_go_over_one_connection(internet: SmallInternet):
    with smtplib.SMTP(*internet.mail, timeout=10) as client:
        client.send_message(_letter("een"))
        client.send_message(_letter("twee"))

    assert [letter.text.strip() for letter in internet.mailbox.letters()] == ["een", "twee"]


def test_the_mailbox_is_shown_to_people_without_running_anything(internet: SmallInternet):
    _send(internet, _letter())

    overview = httpx.get(f"{internet.desk}/mailbox").text
    shown = httpx.get(f"{internet.desk}/mailbox/1").text

    assert "één bericht (NW-4F7K)" in overview
    assert "<iframe sandbox" in shown
    assert "<script>" not in shown


def test_the_mailbox_is_shown_to_programs(internet: SmallInternet):
    _send(internet, _letter())

    (shown,) = httpx.get(f"{internet.desk}/mailbox.json").json()

    assert (shown["message_id"], shown["recipients"]) == ("<4f7k@example.org>", ["sanne@example.org"])
    assert ["From", "naamwacht@example.org"] in shown["headers"]
    assert httpx.get(f"{internet.desk}/mailbox.json", params={"to": "youssef@example.org"}).json() == []


@pytest.mark.parametrize("number", ["0", "2", "x", "-1", "²"])
def test_a_letter_that_is_not_there_is_not_found(internet: SmallInternet, number: str):
    _send(internet, _letter())

    assert httpx.get(f"{internet.desk}/mailbox/{number}").status_code == 404


def test_some_mail_servers_replace_the_message_id():
    with SmallInternet(publishes_by_time=False, replaces_message_id=True) as internet:
        _send(internet, _letter())

        (letter,) = internet.mailbox.letters()

    assert letter.message_id == "<1.replaced@post.example.org>"
    assert letter.message.get_all("Message-ID") == ["<1.replaced@post.example.org>"]
    assert "NW-4F7K" in letter.subject
    assert letter.text.strip() == "Er is iets gevonden."


@pytest.mark.parametrize(
    ("stage", "reply", "error"),
    [
        (Stage.GREETING, "421 later", smtplib.SMTPConnectError),
        (Stage.MAIL, "451 later", smtplib.SMTPSenderRefused),
        (Stage.RCPT, "550 unknown", smtplib.SMTPRecipientsRefused),
        (Stage.DATA, "452 full", smtplib.SMTPDataError),
        (Stage.LETTER, "554 no", smtplib.SMTPDataError),
        (Stage.LETTER, HANG_UP, smtplib.SMTPServerDisconnected),
    ],
)
def test_the_mail_server_refuses_once_as_prepared(internet: SmallInternet, stage: Stage, reply: str, error: type[Exception]):
    internet.mail_server.prepare(stage, reply)

    with pytest.raises(error):
        _send(internet, _letter())
    _send(internet, _letter())

    assert len(internet.mailbox.letters()) == 1


def test_a_letter_is_kept_though_the_server_hangs_up_before_it_says_so(internet: SmallInternet):
    internet.mail_server.prepare(Stage.TAKEN, HANG_UP)

    with pytest.raises(smtplib.SMTPServerDisconnected):
        _send(internet, _letter())

    assert len(internet.mailbox.letters()) == 1


@pytest.mark.parametrize(
    ("command", "code"),
    [("RCPT TO:<a@example.org>", 503), ("DATA", 503), ("MAIL FROM:nobody", 501), ("NOOP", 250), ("TURN", 502)],
)
def test_a_command_out_of_place_is_refused(internet: SmallInternet, command: str, code: int):
    with smtplib.SMTP(*internet.mail, timeout=10) as client:
        client.ehlo()

        assert client.docmd(command)[0] == code


def test_the_chat_room_keeps_what_its_hook_receives(internet: SmallInternet):
    answer = httpx.post(internet.chat_hook, json={"title": "<b>Nieuw</b>"})

    assert answer.status_code == 200
    assert httpx.get(f"{internet.desk}/chat.json").json()[0]["body"] == '{"title":"<b>Nieuw</b>"}'
    assert "&lt;b&gt;Nieuw" in httpx.get(f"{internet.desk}/chat").text
