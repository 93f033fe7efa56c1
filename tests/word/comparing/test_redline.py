"""Two versions give tracked changes: all accepted is the new text, all rejected the old, whatever the versions are."""

from __future__ import annotations

from hypothesis import given, settings

from paragraf.word.comparing import accept_all, reject_all
from tests.word.comparing.documents import Block, compared, document, pairs, read


@settings(max_examples=150, deadline=None)
@given(pairs())
def test_all_accepted_is_the_new_and_all_rejected_the_old(versions: tuple[list[Block], list[Block]]) -> None:
    old, new = (document(*each) for each in versions)
    both = compared(old, new)
    assert read(accept_all(both)) == read(new)
    assert read(reject_all(both)) == read(old)
