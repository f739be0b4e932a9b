"""CSV as a second reader reads it, letter by letter, with nothing of the first one's: to be compared with it."""

Records = list[list[str]]


class NoTable(Exception):
    """What this reader does not take."""


def text_of(content: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 by its mark, UTF-8, or Windows-1252."""
    marks = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
    for mark, codec in marks.items():
        if content.startswith(mark):
            return content[len(mark) :].decode(codec)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252")


def records(text: str, delimiter: str) -> Records:
    """Every record that is no empty line; raises `NoTable` for a quotation out of place."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text and not text.endswith("\n"):
        text += "\n"
    found: Records = []
    record: list[str] = []
    cell, state = "", "start"
    for letter in text:
        if state == "quoted":
            state, cell = ("closing", cell) if letter == '"' else ("quoted", cell + letter)
        elif state == "closing" and letter == '"':
            state, cell = "quoted", cell + '"'
        elif letter in {delimiter, "\n"}:
            record.append(cell)
            cell, state = "", "start"
            if letter == "\n":
                found.append(record)
                record = []
        elif state == "closing":
            raise NoTable
        elif state == "start" and letter == '"':
            state = "quoted"
        else:
            cell, state = cell + letter, "plain"
    if state in {"quoted", "closing"}:
        raise NoTable
    return found


def rows(text: str, delimiter: str) -> tuple[list[str], list[tuple[str | None, ...]]]:
    """The headings, and the rows that hold anything; raises `NoTable` where a row is uneven."""
    found = [[_cell(cell) for cell in record] for record in records(text, delimiter)]
    found = [record for record in found if any(record)]
    if not found or any(len(record) != len(found[0]) for record in found):
        raise NoTable
    kept = [at for at, heading in enumerate(found[0]) if heading]
    if any(cell for record in found for at, cell in enumerate(record) if at not in kept):
        raise NoTable
    return [" ".join(str(found[0][at]).split()) for at in kept], [tuple(r[at] for at in kept) for r in found[1:]]


def _cell(text: str) -> str | None:
    bare = text.lstrip("'")
    if len(bare) < len(text) and bare and bare[0] in "=+-@\t\n＝＋－＠":
        text = text[1:]
    return text if text.strip() else None
