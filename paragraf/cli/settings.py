"""paragraf settings"""

from __future__ import annotations

from dataclasses import fields

import click

from paragraf.core.settings import PREFIX, Settings


@click.command()
def settings() -> None:
    """List every setting, its default and what it does."""
    for item in fields(Settings):
        click.echo(f"{PREFIX}{item.name.upper()} (default: {item.default!s})\n    {item.metadata['help']}")
