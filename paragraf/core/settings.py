"""Settings come from the environment only, each with the prefix ``PARAGRAF_``; docs/operations.md lists them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

PREFIX = "PARAGRAF_"


class SettingsFault(Exception):
    """A setting is missing or unreadable; the message names it and says what to write."""


def _setting(default: Any, told: str) -> Any:
    return field(default=default, metadata={"help": told})


@dataclass(frozen=True)
class Settings:
    """All that can be set. Every field is the environment variable ``PARAGRAF_`` + its name in capitals."""

    data: Path = _setting(Path("var"), "Folder for the database and the demonstration's secret key.")
    database_url: str = _setting("", "SQLAlchemy address of the database; empty means SQLite in the data folder.")
    secret_key: str = _setting("", "Keys that sign links and cookies, oldest first, newest last, comma between.")
    base_url: str = _setting("http://127.0.0.1:8000", "Address that letters link to, without a slash at the end.")
    smtp_url: str = _setting("", "smtp://user:password@host:port or smtps://…; empty keeps letters in the database.")
    mail_from: str = _setting("paragraf@localhost", "Sender address of all letters (From and envelope).")
    demo: bool = _setting(False, "True shows the page Brevlåda and allows a generated secret key. Never in production.")
    upload_mb: int = _setting(10, "Largest accepted file, in megabytes.")
    session_hours: int = _setting(12, "How long a sign-in lasts, in hours.")
    workers: int = _setting(2, "Web worker processes.")
    threads: int = _setting(8, "Threads in each web worker.")
    trusted_proxies: int = _setting(0, "Number of reverse proxies in front whose X-Forwarded headers are believed.")

    @property
    def database(self) -> str:
        """The database address with the default filled in."""
        return self.database_url or f"sqlite:///{self.data.resolve() / 'paragraf.sqlite3'}"

    @property
    def secret_keys(self) -> list[str]:
        """Keys oldest first; the last one signs, all of them verify."""
        return [key.strip() for key in self.secret_key.split(",") if key.strip()]

    @property
    def secure_cookies(self) -> bool:
        return self.base_url.startswith("https://")


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from ``environ`` (the process environment by default).

    Raises SettingsFault for values that cannot be read, and for a missing secret key outside the demonstration.
    """
    given = os.environ if environ is None else environ
    values: dict[str, Any] = {
        item.name: _read(item.name, given[PREFIX + item.name.upper()], item.default)
        for item in fields(Settings)
        if given.get(PREFIX + item.name.upper(), "") != ""
    }
    settings = Settings(**values)
    if settings.secret_key:
        return settings
    if not settings.demo:
        raise SettingsFault(
            "PARAGRAF_SECRET_KEY is not set. Make one with: "
            "python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    return Settings(**{**values, "secret_key": _demonstration_key(settings.data)})


def _read(name: str, text: str, default: object) -> object:
    if isinstance(default, bool):
        return _read_bool(name, text)
    if isinstance(default, int):
        if not text.isdigit():
            raise SettingsFault(f"{PREFIX}{name.upper()} must be a whole number, not {text!r}.")
        return int(text)
    return Path(text) if isinstance(default, Path) else text.rstrip("/")


def _read_bool(name: str, text: str) -> bool:
    if text not in {"True", "False", "1", "0"}:
        raise SettingsFault(f"{PREFIX}{name.upper()} must be 1 or 0, not {text!r}.")
    return text in {"True", "1"}


def _demonstration_key(data: Path) -> str:
    """A random key kept beside the demonstration's database, so that links survive a restart."""
    place = data / "secret_key"
    data.mkdir(parents=True, exist_ok=True)
    try:
        # "x": of the web server and the scheduler starting at once, exactly one writes the key.
        with open(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return place.read_text()
