"""What tests of documents share: texts that could be taken for markup, and a page as a browser finds it."""

from collections.abc import Iterator
from html.parser import HTMLParser

from hypothesis import strategies as st

#: Pieces that Markdown or HTML could take for markup, alone and together.
_TRAPS = [
    *"\\`*_{}[]<>()#+-.!|~=&\"'$^:@\t\n ", "  \n", "\n\n", "    ", "1. ", "1) ", "12345678901. ", "- ", "+ ", "* ",
    "# ", "## x ##", "> ", "```", "~~~", "---", "===", "***", "| - | - |", ":-", ":-:|", "<b>", "</td>", "<!--", "-->",
    "<script>", "&amp;", "&#35;", "&nbsp;", "[x](y)", "[x]: y", "![x](y)", "<https://x.y>", "https://x.y/a_b", "\\\n",
    "\u00a0", "\u3000", "\u0085", "\u2028", "\x00", "\x1b[31m", "\u202e", "\u00ad", "\ufeff", "\ufffe", "é", "“x”", "word",
]  # fmt: skip
TEXT = st.lists(st.one_of(st.sampled_from(_TRAPS), st.text(max_size=5)), max_size=8).map("".join)
CELLS = st.lists(TEXT, min_size=1, max_size=4)


class Page(HTMLParser):
    """What a browser finds in a page: each element with its text, and that each is closed in turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, str]] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.append((tag, dict(attrs)))
        if tag == "br":
            self.handle_data("\n")
        elif tag not in {"meta", "hr"}:
            self.open.append(tag)
            self.found.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            tag, text = self.found[-1]
            self.found[-1] = (tag, text + data)

    def texts(self, *tags: str) -> Iterator[str]:
        return (text for tag, text in self.found if tag in tags)
