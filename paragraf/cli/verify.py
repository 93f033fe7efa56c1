"""paragraf verify FILE"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

import click

from paragraf.cli.opening import opened


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Tell whether FILE is, byte for byte, a document of the register, and who has signed it.

    Ends with 1 when the file is unknown: then it has been changed, or it never came from here.
    """
    from paragraf.core import clock
    from paragraf.register import queries
    from paragraf.signing.queries import signed_documents

    digest = sha256(file.read_bytes()).hexdigest()
    click.echo(f"SHA-256 {digest}")
    with opened() as database, database.reading() as session:
        known = queries.documents_by_sha256(session, digest)
        for document in known:
            number = document.matter.register_number if document.matter else "-"
            click.echo(f"Document {document.id}, matter {number}: {document.title}")
        for found in signed_documents(session, digest, now=clock.now()):
            copy = f", as the PDF of the signed {found.filename}" if found.is_copy else ""
            click.echo(f"{found.association}: {found.round_title} ({found.state.value}{copy})")
            for signature in found.signatures:
                whom = " of ".join(filter(None, (signature.capacity.value, signature.organisation)))
                click.echo(f"  signed by {signature.name}, {whom}, {signature.at.isoformat()}")
    if not known:
        click.echo("Unknown: no document in the register has these bytes.")
        sys.exit(1)
