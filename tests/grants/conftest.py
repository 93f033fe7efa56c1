"""The world of the applications' tests: a grant begins with an application that came in."""

from tests.applications.conftest import application, home, session, typed

__all__ = ["application", "home", "session", "typed"]
