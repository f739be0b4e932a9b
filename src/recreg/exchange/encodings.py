"""How a file's bytes are read as text: UTF-8, UTF-16 by its mark, else Windows-1252, else not at all."""

import codecs

#: The bytes that Windows-1252 has no character for, and NUL, which no text has.
_UNDEFINED = b"\x00", b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class Survey:
    """Takes in a file chunk by chunk, and knows in the end how all of it can be read."""

    def __init__(self) -> None:
        #: How the text is read; None where it cannot be.
        self.codec: str | None = "utf-8"
        self.fault = ""
        self.bad_at = 0
        self._decoder: codecs.IncrementalDecoder | None = None
        self._taken = 0
        self._undefined, self._byte = -1, 0

    def take(self, chunk: bytes) -> None:
        """Look at the next bytes."""
        if self._decoder is None:
            self.codec = next((codec for mark, codec in _MARKS.items() if chunk.startswith(mark)), "utf-8")
            self._decoder = codecs.getincrementaldecoder(self.codec)()
        if self.codec in {"utf-8", "utf-8-sig", "utf-16"}:
            self._decode(chunk)
        self._note_undefined(chunk)
        self._taken += len(chunk)

    def end(self) -> None:
        """No more bytes come: a character cut short is none."""
        if self._decoder is not None and self.codec in {"utf-8", "utf-8-sig", "utf-16"}:
            self._decode(b"", final=True)
        if self.codec == "cp1252":
            self._refuse_undefined()

    def _decode(self, chunk: bytes, *, final: bool = False) -> None:
        try:
            text = self._decoder.decode(chunk, final) if self._decoder else ""
        except UnicodeDecodeError as error:
            self._not_as_marked(error)
            return
        if "\0" in text:
            before = text[: text.index("\0")].encode("utf-16-le" if self.codec == "utf-16" else "utf-8")
            self.codec, self.bad_at, self.fault = None, self._taken + len(before), "it has NUL characters"

    def _not_as_marked(self, error: UnicodeDecodeError) -> None:
        """Without a mark it is Windows-1252, if it can be; with one, the mark is right and the file damaged."""
        if self.codec == "utf-8":
            self.codec = "cp1252"
            return
        self.bad_at = self._taken + error.start
        self.fault = f"it is marked as {'UTF-16' if self.codec == 'utf-16' else 'UTF-8'}, but is damaged"
        self.codec = None

    def _note_undefined(self, chunk: bytes) -> None:
        """Remember the first byte of no character; it matters where the file is not UTF-8."""
        if self._undefined < 0:
            found = [at for each in _UNDEFINED if (at := chunk.find(each)) >= 0]
            if found:
                self._undefined = self._taken + min(found)
                self._byte = chunk[min(found)]
        if self.codec == "cp1252":
            self._refuse_undefined()

    def _refuse_undefined(self) -> None:
        if self._undefined >= 0:
            self.codec, self.bad_at = None, self._undefined
            byte = f"the byte {self._byte:02X} is of neither UTF-8 nor Windows-1252"
            self.fault = byte if self._byte else "it has NUL characters"
