"""The check before a template may be used: what is wrong with it, all at once, and what its maker may want to mend."""

from __future__ import annotations

from dataclasses import dataclass

from document_templates import LOGO, fields_of, known_fields, load
from paragraf.templates import advice, rules
from paragraf.templates.examples import Size, sample
from paragraf.templates.filling import fill
from paragraf.templates.rules import Remark
from paragraf.word.faults import TemplateFault
from paragraf.word.fields import field_lines
from paragraf.word.filling.drawings import example_picture
from paragraf.word.filling.template import check_template, compile_template


@dataclass(frozen=True)
class Finding:
    """A fault; ``size`` says with which example data it showed, None when it shows without any."""

    fault: TemplateFault
    size: Size | None = None

    @property
    def correction(self) -> str:
        """The tag as it was probably meant, or nothing."""
        return rules.corrected(self.fault)


@dataclass(frozen=True)
class Assessment:
    """What came out of a check."""

    findings: tuple[Finding, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def usable(self) -> bool:
        return not self.findings


def assess(kind: str, content: bytes) -> Assessment:
    """Check a file as a template for a kind of document. Never raises for what is in the file. KeyError: no such kind.

    A template without faults is also filled with little, much and no data, which shows what only comes out then.
    """
    faults = rules.without_consequences(check_template(content, known_fields(kind)))
    findings = [Finding(fault) for fault in faults] or _tried(kind, content)
    if findings:
        return Assessment(tuple(findings))
    return Assessment((), tuple(remarks_on(kind, content)))


def remarks_on(kind: str, content: bytes) -> list[Remark]:
    """What the maker of a usable template may want to mend, the law's demands first."""
    own, shipped = compile_template(content).fields(), compile_template(load(kind)).fields()
    missing = rules.left_out(shipped, own, field_lines(fields_of(kind)))
    unmet = rules.unmet(kind, own)
    return [*advice.demanded(unmet), *advice.of_fields(missing, unmet), *advice.of_file(content)]


def outdated(kind: str, content: bytes) -> list[TemplateFault]:
    """Faults of a template that was usable when it came: the program's fields may have changed since."""
    try:
        return compile_template(content).unknown_fields(known_fields(kind))
    except TemplateFault as fault:
        return [fault]


def _tried(kind: str, content: bytes) -> list[Finding]:
    found: list[Finding] = []
    for size in Size:
        try:
            fill(content, sample(kind, size), None if size is Size.EMPTY else example_picture(LOGO))
        except TemplateFault as fault:
            found.append(Finding(fault, size))
    return found
