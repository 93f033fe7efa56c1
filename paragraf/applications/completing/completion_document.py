"""From a request to complete an application to its Word file. It is a Swedish document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from paragraf.applications.addressing import addressee
from paragraf.applications.completing.completion_fields import AskedQuestion, CompletionRequestFields
from paragraf.applications.completing.completion_rules import Asked
from paragraf.applications.filled import Filled
from paragraf.core.printing import print_date
from paragraf.people.addressing import address_line, contact_line
from paragraf.people.models import Association
from paragraf.questions.presenting import Block, Heading, Pairs, Table
from paragraf.register.models import Matter
from paragraf.templates.rendering import render


def render_request(session: Session, association: Association, fields: CompletionRequestFields) -> bytes:
    """The request as a Word file, from the template ``completion_request``; TemplateUnfit where it cannot be filled."""
    return render(session, association.id, "completion_request", fields)


def request_fields(
    association: Association,
    matter: Matter,
    shown: Filled,
    asked: Sequence[Asked],
    *,
    message: str,
    due_on: date,
    today: date,
    sender: str,
) -> CompletionRequestFields:
    """What the request prints: each question with its answer as it came in and what is asked about it."""
    return CompletionRequestFields(
        association=association.name,
        association_address=address_line(association),
        register_number=matter.register_number,
        letter_date=print_date(today),
        addressee=addressee(shown.facts, matter.counterpart),
        title=matter.title,
        due_on=print_date(due_on),
        remarks=tuple(line.strip() for line in message.split("\n") if line.strip()),
        questions=tuple(_asked(shown, asked)),
        contact=contact_line(association, sender),
        sender=sender,
    )


def _asked(shown: Filled, asked: Sequence[Asked]) -> Iterator[AskedQuestion]:
    blocks = {block.question_id: block for block in shown.blocks("sv") if not isinstance(block, Heading)}
    for one in asked:
        block = blocks.get(one.question_id)
        yield AskedQuestion(
            section=shown.form.section_of(one.question_id).title.sv,
            question=shown.form.question(one.question_id).label.sv,
            asked=one.text,
            answer=tuple(printed(block)) if block else (),
        )


def _line(first: str, *rest: str) -> str:
    return ": ".join(filter(None, [first, ", ".join(filter(None, rest))]))


def printed(block: Block) -> Iterator[str]:
    """A question's answer as lines of text, tables a row each."""
    if isinstance(block, Pairs):
        yield from (f"{name}: {text}" for name, text in block.pairs if text)
    elif isinstance(block, Table):
        yield from (_line(*row.cells) for row in block.rows)
    elif not isinstance(block, Heading):
        yield from block.paragraphs
