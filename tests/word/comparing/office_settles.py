"""Run by the Python that LibreOffice knows: ``office_settles.py PIPE FILE accept|reject OUT …`` settles tracked changes
as LibreOffice does it, and saves Word files. An independent witness of what our tracked changes mean."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]

WAIT_S = 60
COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}


def connect(pipe: str) -> object:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + WAIT_S
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


def given(**values: object) -> tuple[object, ...]:
    made = []
    for name, value in values.items():
        each = PropertyValue()
        each.Name, each.Value = name, value
        made.append(each)
    return tuple(made)


def main(pipe: str, jobs: list[str]) -> None:
    context = connect(pipe)
    manager = context.ServiceManager  # type: ignore[attr-defined]
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    for source, how, out in zip(jobs[::3], jobs[1::3], jobs[2::3], strict=True):
        document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, given(Hidden=True))
        frame = document.CurrentController.Frame
        dispatcher.executeDispatch(frame, COMMANDS[how], "", 0, ())
        document.storeToURL(Path(out).as_uri(), given(FilterName="MS Word 2007 XML"))
        document.close(True)
    desktop.terminate()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
