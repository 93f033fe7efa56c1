"""What the notice board's pages share."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from paragraf.minutes.notice_rules import PostingState

blueprint = Blueprint("notice_board", __name__, url_prefix="/<slug>/anslagstavla")

Page = str | tuple[str, int] | Response

STATE_WORDS = {
    PostingState.MISSING: _l("inte uppsatt än"),
    PostingState.REFUSED: _l("tavlan har sagt nej"),
    PostingState.UP: _l("uppsatt"),
    PostingState.DOWN: _l("nedtaget"),
    PostingState.TOO_EARLY: _l("nedtaget för tidigt"),
}

blueprint.add_app_template_global(lambda state: STATE_WORDS[state], "posting_word")
