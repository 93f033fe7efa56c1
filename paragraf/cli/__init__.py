"""The command ``paragraf``: one group a noun. ``--help`` loads no more than click; a command loads what it needs."""

from __future__ import annotations

from importlib import import_module

import click

from paragraf import __version__

#: Command -> (module and attribute, what ``--help`` says). The help stands here so that it costs no import.
COMMANDS = {
    "serve": ("paragraf.cli.serve:serve", "Start the web server and the scheduler."),
    "db": ("paragraf.cli.db:db", "Create and upgrade the database."),
    "demo": ("paragraf.cli.demo:demo", "Fill an empty database with the demonstration."),
    "reminders": ("paragraf.cli.reminders:reminders", "What the program will remind of."),
    "outbox": ("paragraf.cli.outbox:outbox", "Letters that wait, went out or failed."),
    "template": ("paragraf.cli.template:template", "Check a Word template; list those in use."),
    "forms": ("paragraf.cli.forms:forms", "Check a form definition; show those that come with the program."),
    "word": ("paragraf.cli.word:word", "Fill Word templates, compare Word files, settle tracked changes."),
    "import": ("paragraf.cli.importing:importing", "Read minutes that were written elsewhere, and take them in."),
    "verify": ("paragraf.cli.verify:verify", "Tell what a signed or filed document is."),
    "log": ("paragraf.cli.log:log", "Check the chain of the log."),
    "settings": ("paragraf.cli.settings:settings", "List the settings and what they do."),
}


class Lazy(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _colon, attribute = COMMANDS[name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_place, told) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="paragraf")
def main() -> None:
    """The office of a coordination association (samordningsförbund)."""
