import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


@pytest.mark.parametrize(("raw", "value"), [("true", True), ("1", True), ("No", False), ("", False)])
def test_a_flag_reads_the_usual_words(monkeypatch, raw, value):
    monkeypatch.setenv("ONSET_X", raw)
    assert env.flag("ONSET_X", default=not value) is value


def test_a_flag_that_is_neither_stops_the_start_and_says_what_to_write(monkeypatch):
    monkeypatch.setenv("ONSET_X", "maybe")
    with pytest.raises(ImproperlyConfigured, match="ONSET_X is 'maybe'"):
        env.flag("ONSET_X", default=False)


def test_a_log_level_that_is_none_stops_the_start(monkeypatch):
    monkeypatch.setenv("ONSET_X", "loud")
    with pytest.raises(ImproperlyConfigured, match="Write one of DEBUG, INFO"):
        env.one_of("ONSET_X", "INFO", ("DEBUG", "INFO"))


def test_a_database_url_that_is_none_is_refused_without_repeating_it(monkeypatch):
    monkeypatch.setenv("ONSET_X", "postgrex://me:secret@host/db")
    with pytest.raises(ImproperlyConfigured, match="ONSET_X is no database URL") as error:
        env.database("ONSET_X", "")
    assert "secret" not in str(error.value)


def test_what_a_database_url_asks_for_is_kept(monkeypatch):
    monkeypatch.setenv("ONSET_X", "postgres://me@host/db?sslmode=require")
    assert env.database("ONSET_X", "")["OPTIONS"] == {"sslmode": "require"}


def test_a_list_ignores_blanks_and_empty_places(monkeypatch):
    monkeypatch.setenv("ONSET_X", " a, ,b ,")
    assert env.words("ONSET_X", "") == ["a", "b"]


def test_a_secret_is_made_once_readable_by_its_owner_only_and_kept(tmp_path):
    file = tmp_path / "secret"
    first = env.secret("ONSET_X", kept_in=file)
    assert env.secret("ONSET_X", kept_in=file) == first
    assert len(first) >= 50 and file.stat().st_mode & 0o077 == 0


def test_a_secret_from_the_environment_or_from_a_named_file_comes_first(tmp_path, monkeypatch):
    named = tmp_path / "named"
    named.write_text("from a file\n")
    monkeypatch.setenv("ONSET_X_FILE", str(named))
    assert env.secret("ONSET_X", kept_in=tmp_path / "other") == "from a file"
    monkeypatch.setenv("ONSET_X", "from the environment")
    assert env.secret("ONSET_X", kept_in=tmp_path / "other") == "from the environment"


def test_two_processes_that_start_at_once_agree_on_the_secret(tmp_path):
    file = tmp_path / "secret"
    file.write_text("the other one was faster")
    assert env._make_secret(file) == "the other one was faster"


def test_a_folder_is_private(tmp_path, monkeypatch):
    assert env.folder("ONSET_X", tmp_path / "a" / "b").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("url", "port", "use_tls", "use_ssl"),
    [
        ("smtp+tls://me:p%40ss@mail.example.org", 587, True, False),
        ("smtps://me:p%40ss@mail.example.org", 465, False, True),
        ("smtp+tls://me:p%40ss@mail.example.org:2525", 2525, True, False),
    ],
)
def test_a_mail_server_is_read_from_its_url(monkeypatch, url, port, use_tls, use_ssl):
    monkeypatch.setenv("ONSET_X", url)
    server = env.mail_server("ONSET_X")
    assert server is not None and server["timeout"] == 10
    assert (server["host"], server["username"], server["password"]) == ("mail.example.org", "me", "p@ss")
    assert (server["port"], server["use_tls"], server["use_ssl"]) == (port, use_tls, use_ssl)


def test_a_relay_needs_no_password(monkeypatch):
    monkeypatch.setenv("ONSET_X", "smtp://localhost")
    server = env.mail_server("ONSET_X")
    assert server is not None and (server["port"], server["username"], server["password"]) == (25, "", "")


def test_without_a_mail_server_there_is_no_mail(monkeypatch):
    monkeypatch.delenv("ONSET_X", raising=False)
    assert env.mail_server("ONSET_X") is None


@pytest.mark.parametrize(
    "url",
    ["mail.example.org", "http://me:secret@host", "smtps://", "smtps://host:secret", "smtp://me:secret@host"],
)
def test_a_mail_url_that_is_none_is_refused_without_repeating_it(monkeypatch, url):
    monkeypatch.setenv("ONSET_X", url)
    with pytest.raises(ImproperlyConfigured, match=r"ONSET_X .*Write smtp") as error:
        env.mail_server("ONSET_X")
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("address", ["", "clinic", "@example.org", "Clinic <clinic>"])
def test_mail_needs_to_come_from_somebody(monkeypatch, address):
    monkeypatch.setenv("ONSET_X", address)
    with pytest.raises(ImproperlyConfigured, match="Write the address that mail comes from"):
        env.mail_address("ONSET_X", is_needed=True)


def test_a_sender_may_have_a_name_and_may_be_missing_where_no_mail_leaves(monkeypatch):
    monkeypatch.setenv("ONSET_X", "Clinic <clinic@example.org>")
    assert env.mail_address("ONSET_X", is_needed=True) == "Clinic <clinic@example.org>"
    monkeypatch.delenv("ONSET_X")
    assert env.mail_address("ONSET_X", is_needed=False) == ""
