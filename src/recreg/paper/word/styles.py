"""The styles of a Word document: those it has are used, those it lacks are added, and one without a template gets all.

A style's name in the file is the same in every language's Word, whatever that Word calls it on the screen.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from recreg.paper.word.marks import MAIN, Element, put

_LANGUAGE = "en-GB"
_INK = "1A1A1A"


@dataclass(frozen=True)
class Style:
    """A paragraph's style: its size in half points, what stands before and after it in twentieths of a point."""

    name: str
    size: int = 0
    before: int = 0
    after: int = 0
    bold: bool = False
    level: int = 0
    bar: bool = False
    line: int = 0


STYLES = (
    Style("Normal", size=20, after=100, line=259),
    Style("heading 1", size=32, after=140, bold=True, level=1),
    Style("heading 2", size=25, before=220, after=80, bold=True, level=2),
    Style("heading 3", size=21, before=160, after=60, bold=True, level=3),
    Style("heading 4", size=20, before=120, after=40, bold=True, level=4),
    Style("Quote", before=60, after=120, bar=True),
    Style("caption", size=20, before=200, after=80, bold=True),
    Style("Table Text", size=18, before=20, after=20, line=240),
    Style("List Bullet", after=40),
    Style("header"),
    Style("footer"),
)


def named(styles: Element) -> dict[str, str]:
    """What each style is called inside this document, a paragraph's by its name; adds those that are missing."""
    called = {style.name: _id_of(styles, "paragraph", style.name) or _added(styles, style) for style in STYLES}
    return called | {"Table Grid": _id_of(styles, "table", "Table Grid")}


def dressed(styles: Element) -> None:
    """Give every style recreg's own look; done where there is no template whose look is kept."""
    for style in STYLES:
        for found in _found(styles, "paragraph", style.name):
            kept = found.find(f"{MAIN}pPr/{MAIN}numPr")
            for tag in ("pPr", "rPr"):
                for old in found.findall(MAIN + tag):
                    found.remove(old)
            _dress(found, style, kept)


def in_english(styles: Element, settings: Element) -> None:
    """Set the language of the document, by which it is spelt and read aloud."""
    defaults = _only(styles, "docDefaults", first=True)
    default = _only(_only(_only(defaults, "rPrDefault", first=True), "rPr"), "lang")
    normal = [lang for style in _found(styles, "paragraph", "Normal") for lang in style.iter(f"{MAIN}lang")]
    for language in [default, *normal, *settings.iter(f"{MAIN}themeFontLang")]:
        language.set(f"{MAIN}val", _LANGUAGE)


def bulleted(styles: Element, style_id: str) -> bool:
    """Whether a style, or one that it rests on, makes bullets."""
    seen: set[str] = set()
    while style_id and style_id not in seen:
        seen.add(style_id)
        found = next((each for each in styles.iter(f"{MAIN}style") if each.get(f"{MAIN}styleId") == style_id), None)
        if found is None:
            return False
        if found.find(f"{MAIN}pPr/{MAIN}numPr") is not None:
            return True
        based = found.find(f"{MAIN}basedOn")
        style_id = "" if based is None else based.get(f"{MAIN}val", "")
    return False


def bullets(numbering: Element) -> str:
    """Add a list of bullets to those the document knows; the number by which it goes."""
    taken = {int(each.get(f"{MAIN}{name}", "0")) for tag, name in (("abstractNum", "abstractNumId"), ("num", "numId"))
             for each in numbering.iter(MAIN + tag)}  # fmt: skip
    number = str(max(taken, default=0) + 1)
    defined = numbering.makeelement(f"{MAIN}abstractNum", {f"{MAIN}abstractNumId": number})
    _insert(numbering, defined, "abstractNum", "numPicBullet")
    put(defined, "multiLevelType", val="singleLevel")
    level = put(defined, "lvl", ilvl="0")
    for tag, value in (("start", "1"), ("numFmt", "bullet"), ("lvlText", "•"), ("lvlJc", "left")):
        put(level, tag, val=value)
    put(put(level, "pPr"), "ind", left="360", hanging="360")
    used = numbering.makeelement(f"{MAIN}num", {f"{MAIN}numId": number})
    put(used, "abstractNumId", val=number)
    _insert(numbering, used, "num", "abstractNum")
    return number


def _found(styles: Element, kind: str, name: str) -> Iterator[Element]:
    for style in styles.findall(f"{MAIN}style"):
        said = style.find(f"{MAIN}name")
        is_named = said is not None and said.get(f"{MAIN}val", "").casefold() == name.casefold()
        if is_named and style.get(f"{MAIN}type") == kind:
            yield style


def _id_of(styles: Element, kind: str, name: str) -> str:
    return next((str(style.get(f"{MAIN}styleId", "")) for style in _found(styles, kind, name)), "")


def _added(styles: Element, style: Style) -> str:
    taken = {each.get(f"{MAIN}styleId") for each in styles.iter(f"{MAIN}style")}
    name = style.name.title().replace(" ", "")
    while name in taken:
        name += "0"
    made = put(styles, "style", type="paragraph", styleId=name)
    put(made, "name", val=style.name)
    if style.name != "Normal":
        put(made, "basedOn", val=_id_of(styles, "paragraph", "Normal"))
    put(made, "qFormat")
    _dress(made, style, None)
    return name


def _dress(made: Element, style: Style, numbered: Element) -> None:
    """What a style says of its paragraphs and of their letters, in the order that Word wants."""
    properties = put(made, "pPr")
    if style.level or style.name == "caption":
        put(properties, "keepNext")
        put(properties, "keepLines")
    if numbered is not None:
        properties.append(numbered)
    if style.bar:
        put(put(properties, "pBdr"), "left", val="single", sz="24", space="10", color="767676")
    elif style.level == 1:
        put(put(properties, "pBdr"), "bottom", val="single", sz="12", space="3", color=_INK)
    lines = {"line": str(style.line), "lineRule": "auto"} if style.line else {}
    put(properties, "spacing", before=str(style.before), after=str(style.after), **lines)
    if style.bar:
        put(properties, "ind", left="284")
    if style.level:
        put(properties, "outlineLvl", val=str(style.level - 1))
    _letter(put(made, "rPr"), style)


def _letter(letters: Element, style: Style) -> None:
    if style.name == "Normal":
        put(letters, "rFonts", ascii="Arial", hAnsi="Arial", cs="Arial", eastAsia="Arial")
    if style.bold:
        put(letters, "b")
    if style.size:
        put(letters, "sz", val=str(style.size))
        put(letters, "szCs", val=str(style.size))


def _insert(within: Element, made: Element, *after: str) -> None:
    """Put an element behind the last of the first kind that there is, or else at the beginning."""
    kinds = (within.findall(MAIN + tag) for tag in after)
    last = next((found[-1] for found in kinds if found), None)
    within.insert(0 if last is None else within.index(last) + 1, made)


def _only(within: Element, tag: str, *, first: bool = False) -> Element:
    """The one element of a name in another, put there if there is none."""
    found = within.find(MAIN + tag)
    if found is None:
        found = put(within, tag)
        if first:
            within.insert(0, found)
    return found
