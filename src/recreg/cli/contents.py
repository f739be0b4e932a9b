"""The table of contents: every command, the module it is in, and what the help page says of it."""

from typing import NamedTuple


class Entry(NamedTuple):
    """A command: its module, the panel it stands in, its one line of help, and whether it has its own commands."""

    module: str
    panel: str
    says: str
    is_group: bool = False


PANELS = {
    "see": "See what is so",
    "record": "Record what happened",
    "life": "Move an item through its life",
    "keep": "Keep the register's items and names",
    "trade": "In and out",
    "right": "Put right, and look back",
    "file": "The register file",
}

_TOP = {
    "overdue": Entry("overdue", "see", "List what is overdue: three-month reviews, or another clock."),
    "ask": Entry("ask", "see", "Answer a question: what changed, who is silent, what slipped."),
    "agenda": Entry("agenda", "see", "List what falls due before a board, and write its sheet."),
    "list": Entry("lists", "see", "List items: open and ours unless told otherwise."),
    "show": Entry("show", "see", "Show everything about an item."),
    "why": Entry("why", "see", "Explain where an item stands: each clock, its rating, its status."),
    "history": Entry("lists", "see", "Show what happened to an item, oldest first."),
    "check": Entry("check", "see", "List what is wrong with the data, with the cure."),
    "browse": Entry("browse", "see", "Browse the register in the web browser, read-only."),
    "review": Entry("progress", "record", "Record a three-month review that was held."),
    "minute": Entry("agenda", "record", "Take back a board's sheet that was filled in."),
    "returns": Entry("returns", "record", "Take back the sheets that owners filled in, as notes."),
    "note": Entry("progress", "record", "Record an owner's update, verbatim."),
    "rag": Entry("progress", "record", "Rate items red, amber or green, with the reason."),
    "evidence": Entry("evidence", "record", "File evidence, share it, judge it, check it.", is_group=True),
    "accept": Entry("items", "record", "Accept recommendations that are not mandatory."),
    "decline": Entry("items", "record", "Decline recommendations that are not mandatory."),
    "complete": Entry("lifecycle", "life", "Record that the owner says an item is done."),
    "submit": Entry("lifecycle", "life", "Record that items went to HMICFRS."),
    "return": Entry("lifecycle", "life", "Record that an item came back, and why."),
    "sign-off": Entry("lifecycle", "life", "Record that HMICFRS signed items off, by its letter."),
    "close": Entry("lifecycle", "life", "Close an item on another basis than a sign-off."),
    "reopen": Entry("lifecycle", "life", "Open a closed item again."),
    "defer": Entry("lifecycle", "life", "Move the force's own target, with the reason."),
    "add": Entry("items", "keep", "Add a recommendation, area for improvement or cause of concern."),
    "edit": Entry("items", "keep", "Put right what was typed of an item."),
    "assign": Entry("items", "keep", "Give items an owner, a board or a portfolio."),
    "reassign": Entry("keeping", "keep", "Give every open item of one owner to another."),
    "key": Entry("keeping", "keep", "Say what a colour means in this force, or show the key."),
    "link": Entry("linking", "keep", "Say what an item has to do with another one."),
    "withdraw": Entry("items", "keep", "Withdraw items that were entered in error."),
    "inspection": Entry("inspection", "keep", "Add, edit, list and show inspections.", is_group=True),
    "person": Entry("person", "keep", "Add, edit, rename and list people: owners and leads.", is_group=True),
    "board": Entry("board", "keep", "Add, edit, rename and list governance boards.", is_group=True),
    "portfolio": Entry("portfolio", "keep", "Add, edit, rename and list portfolios.", is_group=True),
    "meeting": Entry("meeting", "keep", "Add, edit and list the audit committee's meetings.", is_group=True),
    "paper": Entry("paper", "see", "Write the audit committee's paper, and record the final one."),
    "import": Entry("importing", "trade", "Take in a file of items, whole or not at all."),
    "export": Entry("export", "trade", "Export what was recorded: to CSV, TSV, Excel or JSON."),
    "draft": Entry("draft", "trade", "Draft rows to import from a published report or paper."),
    "chase": Entry("chase", "trade", "Write to each owner, as drafts of mail with a sheet to fill in."),
    "calendar": Entry("calendar", "trade", "Write a calendar of what is due, for Outlook and others."),
    "reconcile": Entry("reconcile", "trade", "List where somebody's list differs from ours, with the cure."),
    "correct": Entry("putting_right", "right", "Correct a review, a note or a piece of evidence."),
    "undo": Entry("putting_right", "right", "Undo the newest act, or the one of that number."),
    "redact": Entry("redact", "right", "Redact words from an item, a note, a review or evidence, for good."),
    "log": Entry("log", "right", "Show every act ever recorded, oldest first; prove them.", is_group=True),
    "init": Entry("file", "file", "Make a new register."),
    "migrate": Entry("file", "file", "Bring an older register up to this recreg, after a backup."),
    "backup": Entry("backup", "file", "Back up the register and its evidence, proved, in one file."),
    "restore": Entry("backup", "file", "Put a backup back, once it is proved."),
    "doctor": Entry("doctor", "file", "Look after the register file: versions, permissions, leftovers."),
    "demo": Entry("demo", "file", "Build the register of a real committee paper and show its tables."),
}


def entries(chapter: str = "") -> dict[str, Entry]:
    """The commands of the program, by name."""
    return _TOP if not chapter else {}
