"""Imports every room's rows, so that ``Base.metadata`` is whole and relationships resolve."""

from paragraf.agreements import models as agreements
from paragraf.applications import models as applications
from paragraf.core import heartbeat, log, number_series
from paragraf.core.database import Base
from paragraf.delegation import models as delegation
from paragraf.duties import models as duties
from paragraf.grants import models as grants
from paragraf.importing import models as importing
from paragraf.meetings import models as meetings
from paragraf.minutes import models as minutes
from paragraf.people import models as people
from paragraf.post import models as post
from paragraf.questions import models as questions
from paragraf.register import models as register
from paragraf.search import models as search
from paragraf.signing import models as signing
from paragraf.templates import models as templates

metadata = Base.metadata

__all__ = [
    "agreements",
    "applications",
    "delegation",
    "duties",
    "grants",
    "heartbeat",
    "importing",
    "log",
    "meetings",
    "metadata",
    "minutes",
    "number_series",
    "people",
    "post",
    "questions",
    "register",
    "search",
    "signing",
    "templates",
]
