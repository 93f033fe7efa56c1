import pytest
from _pytest.outcomes import Failed, Skipped

from tests.parts import machine


def test_names_each_missing_package_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda program: None)
    assert machine.missing_packages("office") == ["libreoffice-writer-nogui", "poppler-utils"]


def test_names_nothing_when_all_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda program: f"/usr/bin/{program}")
    assert machine.missing_packages("browser") == []


def test_skips_by_hand_and_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(Skipped, match="apt-get install chromium"):
        machine.skip_or_fail(["chromium"])


def test_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Failed, match="apt-get install chromium"):
        machine.skip_or_fail(["chromium"])
