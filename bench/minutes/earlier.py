"""A thousand pages of minutes in one Word file, as an office that never began a new file would have them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from io import BytesIO

from docx import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bench.harness import CannotMeasureError, Comparison, Reading
from paragraf.importing.reading.understanding import read_minutes

#: Two and a half §§ with some four hundred words fill a page.
_ITEMS = 2_500
_PARAGRAPH = f"<w:p {nsdecls('w')}><w:r>{{look}}<w:t>{{text}}</w:t></w:r></w:p>"
_BACKGROUND = (
    "Beredningsgruppen har behandlat ärendet och föreslår att insatsen får medel under ett år. Målgruppen är personer "
    "i åldern 18–29 år som behöver stöd från flera myndigheter och som står långt från arbetsmarknaden. "
) * 2


def reading() -> Iterator[Comparison]:
    """All of it understood, §§ and decisions, against python-docx only reading the text of each paragraph."""
    content = _thousand_pages()
    found = [item for item in read_minutes(content).items if len(item.clauses) == 2]
    if len(found) != _ITEMS:
        raise CannotMeasureError(f"{len(found)} §§ of {_ITEMS} were understood")
    yield Comparison(ours=lambda: _ours(content), reference=lambda: _theirs(content), rounds=3)


def _ours(content: bytes) -> Reading:
    began = time.perf_counter()
    read_minutes(content)
    return Reading(time.perf_counter() - began)


def _theirs(content: bytes) -> Reading:
    began = time.perf_counter()
    sum(len(paragraph.text) for paragraph in WordFile(BytesIO(content)).paragraphs)
    return Reading(time.perf_counter() - began)


def _thousand_pages() -> bytes:
    document = WordFile()
    body, end = document.element.body, document.element.body[-1]
    for text, is_bold in _paragraphs():
        # Much faster than python-docx's own way, which looks for the end of the body each time.
        end.addprevious(parse_xml(_PARAGRAPH.format(look="<w:rPr><w:b/></w:rPr>" if is_bold else "", text=text)))
    assert len(body) > _ITEMS
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _paragraphs() -> Iterator[tuple[str, bool]]:
    yield "Plats och tid: Kansliet 2015-09-10, kl. 9.00-16.00", False
    yield "Beslutande: Alma Ek, ordförande", False
    for number in range(1, _ITEMS + 1):
        yield f"§ {number}", True
        yield f"Ansökan om medel till insats {number}", True
        yield from ((_BACKGROUND, False) for _ in range(3))
        yield f"Insatsen söker {number} 000 kronor enligt § 12 i avtalet.", False
        yield "Samordningsförbundet beslutar:", False
        yield f"att bevilja insatsen {number} 000 kronor för år 2016.", False
        yield "att uppdra till förbundschef att följa upp insatsen.", False
