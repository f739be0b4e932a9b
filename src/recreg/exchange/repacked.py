"""A document of an office program, which is a ZIP, made the same, byte for byte, on every run and day."""

import io
import re
import zipfile

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_DAY = (1980, 1, 1, 0, 0, 0)
#: Where a workbook says when it was made and when it was changed last.
_CORE = "docProps/core.xml"
_MADE = re.compile(rb"<dcterms:created[^>]*>([^<]*)</dcterms:created>")
_CHANGED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def packed_anew(content: bytes) -> bytes:
    """The same parts in a settled order, without the time of day at which each was packed."""
    return _packed(_parts(content))


def settled(workbook: bytes) -> bytes:
    """The same workbook, changed last when it was made: whatever writes one puts down the time of day."""
    parts = _parts(workbook)
    made = _MADE.search(parts[_CORE])
    if made:
        parts[_CORE] = _CHANGED.sub(lambda changed: changed[1] + made[1] + changed[2], parts[_CORE])
    return _packed(parts)


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name in sorted(parts, key=_order):
            packed.writestr(_part(name), parts[name], zipfile.ZIP_DEFLATED, 6)
    return made.getvalue()


def _order(name: str) -> tuple[int, str]:
    # Readers that stream look for the types of the parts first.
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)


def _part(name: str) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name, _DAY)
    part.create_system = 3  # The same on Windows as elsewhere.
    return part
