"""Text written in the officer's own editor, when none was given at a terminal."""

import os
import shlex
import subprocess
from pathlib import Path

from recreg.cli import settings
from recreg.errors import Mistyped
from recreg.store.file import told_plainly
from recreg.store.leftovers import EDITED_TEXT, edited_in

_LINE = "# Lines that begin with # are left out. An empty text gives up.\n"


def written(about: str) -> str:
    """What is written in $VISUAL or $EDITOR; raises `Mistyped` where it is left empty."""
    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    # Beside the register, whose words they are to be: not in a folder that all accounts share.
    register = settings.register_file()
    with told_plainly(register), edited_in(register) as folder:
        file = Path(folder, EDITED_TEXT)
        file.write_text(f"\n# {about}\n{_LINE}", encoding="utf-8")
        try:
            subprocess.run([*editor, str(file)], check=True)  # noqa: S603 - the user's own editor, as set
        except (OSError, subprocess.CalledProcessError) as error:
            raise Mistyped(f"The editor {editor[0]} did not end well.", 'Give the text by --note "…".') from error
        lines = file.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#")).strip()
    if not text:
        raise Mistyped(f"{about} has no text.", 'Give it by --note "…".')
    return text
