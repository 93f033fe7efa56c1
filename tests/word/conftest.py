"""Every file that the tests in this folder fill is checked, whatever else the test asks of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from paragraf.word.filling.template import Template
from tests.word import validity


# Of a module and not of a test, so that it may stand around each example of a property.
@pytest.fixture(autouse=True, scope="module")
def _every_filled_file_is_valid(request: pytest.FixtureRequest) -> Iterator[None]:
    if getattr(request.module, "FILLS_NONSENSE", False):
        yield
        return
    fill = Template.fill

    def checked(self: Template, data: Any) -> bytes:
        return validity.checked(fill(self, data))

    checked.unchecked = fill  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "fill", checked)
        yield
