"""What is told on stderr: errors as one sentence and a hint, and the echo of an act."""

import sqlite3
import traceback
from typing import Any

import typer

from recreg.cli.printer import say
from recreg.errors import RecregError, Unusable


def tell_error(error: BaseException) -> int:
    """Tell an error; its exit code. A bug shows where it is, and no record's text."""
    if isinstance(error, RecregError):
        for sentence in error.sentences:
            say(sentence)
        if error.hint:
            say(error.hint)
        return error.exit_code
    if isinstance(error, typer.TyperException):
        return _tell_usage(error)
    if isinstance(error.__cause__, EOFError):  # Typer makes of it what it makes of a prompt left unanswered.
        return _tell_cut_short(error.__cause__)
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        say("Interrupted. recreg log shows what was recorded; files and folders are whole or not there.")
        return 130
    if isinstance(error, OSError):
        say(f"The output could not be written: {error.strerror or error}.")
        return 74
    return _tell_unsound() if _register_is_unsound() else _tell_bug(error)


def _register_is_unsound() -> bool:
    """Whether the register holds what recreg never wrote, which is why it was not prepared for it."""
    from contextlib import closing

    from recreg.cli.settings import register_file
    from recreg.store.file import connect_for_reading
    from recreg.store.proof import is_sound

    try:
        with closing(connect_for_reading(register_file(), any_schema=True)) as db:
            return not is_sound(db)
    except (Exception, KeyboardInterrupt):  # noqa: BLE001 - else Python would tell it, with its message
        return False


def _tell_unsound() -> int:
    say("The register does not stand its proof: something else wrote to it, or the disk failed.")
    say("recreg log verify tells all that is wrong; recreg restore FILE puts the last good backup back.")
    return Unusable.exit_code


def _tell_usage(error: Any) -> int:
    """What Typer makes of mistyped words, as one sentence with what to type."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "recreg"
    sentence = " ".join(error.format_message().split())
    say(sentence if sentence.endswith((".", "?", "!")) else f"{sentence}.")
    say(f"{path} --help shows what can be typed.")
    return 2


def _tell_cut_short(error: EOFError) -> int:
    """A module that Python compiled onto a full disk, which it then cannot read, nor does it make it anew."""
    if "importlib" not in traceback.extract_tb(error.__traceback__)[-1].filename:
        return _tell_bug(error)
    say("A file that recreg is made of is cut short, as a full disk leaves it; nothing was written.")
    say("Make room on the disk, then install recreg anew.")
    return 1


def _tell_bug(error: BaseException) -> int:
    """Where a bug is, without its message, its locals or any source line: police data, and cron mails it."""
    say(f"This is a bug in recreg ({type(error).__name__}); nothing was written. Please report these lines:")
    for frame in traceback.extract_tb(error.__traceback__):
        if "recreg" in frame.filename:
            say(f"  {frame.filename.rpartition('recreg/')[2]}:{frame.lineno} {frame.name}")
    if isinstance(error, sqlite3.Error):
        say(f"  {getattr(error, 'sqlite_errorname', '')}")
    return 1
