"""LibreOffice's settings, written before it starts. A document is data from a stranger: it runs nothing, fetches
nothing and reads no file of the server's."""

from __future__ import annotations

from pathlib import Path

_COMMON = "/org.openoffice.Office.Common"
_SETTINGS = (
    # Without this a linked picture is fetched from any address, and from the server's own disk.
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_COMMON}/Security/Scripting", "DisableActiveContent", "true"),
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{_COMMON}/Security/Scripting", "CheckDocumentEvents", "true"),
    # 0: links are never brought up to date.
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Java/VirtualMachine", "NoJava", "true"),
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    (f"{_COMMON}/Misc", "CollectUsageInformation", "false"),
    (f"{_COMMON}/Misc", "CrashReport", "false"),
    (f"{_COMMON}/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    # What a document without a language of its own is written in.
    ("/org.openoffice.Office.Linguistic/General", "DefaultLocale", "sv-SE"),
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "sv-SE"),
)
_ITEM = '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>\n'
_FILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{}</oor:items>
"""


def write(folder: Path) -> None:
    """Lay a new profile for LibreOffice in ``folder``, which must not be there."""
    (folder / "user").mkdir(parents=True)
    items = "".join(_ITEM.format(*setting) for setting in _SETTINGS)
    (folder / "user" / "registrymodifications.xcu").write_text(_FILE.format(items), encoding="utf-8")
