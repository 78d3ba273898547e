"""Values that stand elsewhere: in environment variables and in files of their own."""

from __future__ import annotations

from pathlib import Path

from tests.config.plugins import MailSettings, faults, read


def test_a_variable_that_is_not_set_brings_both_remedies() -> None:
    assert faults("notifiers: {mail: {type: email, host: x, password: '${MAIL}'}}") == [
        "notifiers.mail.password: environment variable MAIL is not set (set MAIL, or set MAIL_FILE to a file that holds it)"
    ]


def test_a_variable_that_is_set_twice_is_refused() -> None:
    assert faults("organisation: {name: '${NAME}'}", NAME="x", NAME_FILE="y") == [
        "organisation.name: environment variables NAME and NAME_FILE are both set (unset one of them)"
    ]


def test_what_a_variable_holds_is_not_substituted_again() -> None:
    assert read("organisation: {name: '${A}'}", A="${B}", B="x").organisation.name == "${B}"


def test_any_secret_may_stand_in_a_file_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("geheim\r\n")
    (tmp_path / "token").write_text("0123456789abcdef")
    (tmp_path / "db").write_text("postgresql://x:y@db/z\n")

    config = read(
        "database_file: db\nops: {token_file: token}\nnotifiers: {mail: {type: email, host: x, password_file: mail, key_file: mail}}",
        tmp_path,
    )

    settings = config.notifiers["mail"].settings
    assert isinstance(settings, MailSettings)
    assert settings.key is not None
    assert (settings.password.get_secret_value(), settings.key.get_secret_value()) == ("geheim", "geheim")
    assert config.database.get_secret_value() == "postgresql+psycopg://x:y@db/z"


def test_a_secret_that_cannot_be_read_is_one_fault_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")

    found = faults(
        "database_file: nowhere\nops: {bind: '0.0.0.0:1', token_file: empty}\n"
        "notifiers: {a: {type: email, host: x, password_file: binary}, b: {type: email, host: x, password_file: 3}}",
        tmp_path,
    )

    assert found == [
        "database_file: the file cannot be read: No such file or directory (check its path and its permissions)",
        "notifiers.a.password_file: the file is not UTF-8 text (put nothing but the secret in it)",
        "notifiers.b.password_file: is not a path (write the path of a file that holds the secret)",
        "ops.token_file: the file holds no secret (put nothing but the secret in it, on one line)",
    ]


def test_a_secret_that_cannot_be_read_hides_no_other_fault_of_its_plug_in(tmp_path: Path) -> None:
    found = faults(
        "notifiers: {mail: {type: email, host: x, port: 0, key_file: nowhere}, other: {type: email, host: x, user: u, key_file: 3}}\n"
        "channels: [{name: ops, role: operator, notifier: mail, to: nobody}]",
        tmp_path,
    )

    assert found == [
        "notifiers.mail.key_file: the file cannot be read: No such file or directory (check its path and its permissions)",
        "notifiers.mail.port: is too small (write 1 or more)",
        "notifiers.other.key_file: is not a path (write the path of a file that holds the secret)",
        "notifiers.other: a user needs a password",
        "channels[0].to: is not an e-mail address (write one bare address, as in desk@example.org)",
    ]


def test_a_variable_that_is_not_set_hides_no_other_fault_of_its_plug_in() -> None:
    found = faults("notifiers: {mail: {type: email, host: x, user: u, key: '${KEY}'}}")

    assert [fault.partition(": ")[0] for fault in found] == ["notifiers.mail.key", "notifiers.mail"]


def test_a_file_whose_name_is_not_set_is_one_fault() -> None:
    found = faults("notifiers: {mail: {type: email, host: x, password_file: '${FILE}'}}")

    assert [fault.partition(": ")[0] for fault in found] == ["notifiers.mail.password_file"]


def test_a_secret_is_given_once(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("0123456789abcdef")

    assert faults("ops: {token: 0123456789abcdef, token_file: token}", tmp_path) == [
        "ops.token_file: stands beside token (keep one of the two)"
    ]


def test_a_file_of_a_plug_in_that_is_no_secret_is_seen_from_the_folder(tmp_path: Path) -> None:
    config = read("notifiers: {mail: {type: email, host: x, ca_file: ca.pem}}", tmp_path)

    assert config.notifiers["mail"].settings == MailSettings(host="x", ca_file=tmp_path / "ca.pem")
