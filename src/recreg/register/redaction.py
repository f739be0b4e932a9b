"""Redacting: words that must not be in the register are gone from it, from its log and from its evidence."""

from recreg.domain.redaction import REDACTED, WORDS
from recreg.domain.text import clean_line
from recreg.errors import Mistyped, NotFound, Refused
from recreg.register.acts import Acts, Done, required
from recreg.store import evidence_files
from recreg.store.backups_there import made_of
from recreg.store.called import called
from recreg.store.proof import own_ref
from recreg.store.redaction import not_ever_held, redact, standing_in
from recreg.store.references import row_ever_meant
from recreg.store.visit import Visit

#: A text of that many characters is looked for elsewhere too; a shorter one would be found everywhere.
_TELLING = 12


class RedactionActs(Acts):
    """The one act that takes something out of the log."""

    def redact(
        self, refs: list[str], *, why: str | None, fields: list[str] | None = None, words: list[str] | None = None
    ) -> Done:
        """Put *[redacted]* in the place of all words of these rows, of some fields, or of some words, for good.

        The evidence's file goes too, unless fields or words are named. Raises `NotFound` where any of the words
        stands in none of them, and `Refused` where another piece of evidence is the very same file.
        """
        reason = required(why, "--why", "A redaction")
        spoken = [clean_line(each, "words to redact") for each in words or []]
        files: set[str] = set()
        with self.visit("redact") as visit:
            rows = list(dict.fromkeys(row_ever_meant(visit.db, ref) for ref in refs))
            _must_stand_there(visit, rows, spoken)
            for noun, row in rows:
                if noun == "evidence" and not (fields or words):
                    files |= _without_file(visit, row, [number for other, number in rows if other == "evidence"])
                self._redact(visit, noun, row, _fields(noun, row, fields), spoken, reason)
            _tell_where_else(visit, rows, spoken)
        done = self.done(visit)
        return self._finished(done, files)

    def _redact(
        self, visit: Visit, noun: str, row: int, fields: tuple[str, ...], words: list[str], why: str
    ) -> None:  # fmt: skip
        gone = redact(visit.db, noun, row, fields, words, why)
        ref = own_ref(noun, row)
        if words and not gone:
            raise NotFound(
                f"{ref} does not hold “{'” or “'.join(words)}”.", f"recreg history {ref} shows what it holds."
            )
        if gone:
            visit.say(f"Redacted of {ref}, in the tables and in every entry of the log: {', '.join(sorted(gone))}.")

    def _finished(self, done: Done, files: set[str]) -> Done:
        """Take the files away once the register no longer speaks of them, and name what recreg does not reach."""
        if not done.written:
            return done
        for sha256 in sorted(files):
            if evidence_files.remove(self.path, sha256):
                done.said.append(f"The file {sha256[:16]}… is gone from the evidence folder.")
        older = made_of(self.path)
        if older:
            listed = ", ".join(each.name for each in older)
            done.said.append(
                f"These backups in {older[0].parent} hold it still, and are for you to deal with: {listed}."
            )
        done.said.append("Exports, papers, letters and backups kept elsewhere are not reached by this.")
        return done


def _must_stand_there(visit: Visit, rows: list[tuple[str, int]], words: list[str]) -> None:
    if mistyped := not_ever_held(visit.db, rows, words):
        refs = [own_ref(*each) for each in rows]
        raise NotFound(
            f"{' and '.join(map(str, refs))} never held “{'” or “'.join(mistyped)}”; nothing was redacted.",
            f"recreg history {refs[0]} shows what it holds.",
        )


def _fields(noun: str, row: int, named: list[str] | None) -> tuple[str, ...]:
    """The columns that are meant; raises `Mistyped` for one that holds no words."""
    if not named:
        return WORDS[noun]
    wanted = tuple(each.strip().casefold().replace("-", "_") for each in named)
    for each in wanted:
        if each not in WORDS[noun]:
            listed = ", ".join(WORDS[noun])
            raise Mistyped(
                f"“{each}” is no field of {own_ref(noun, row)} that holds words.", f"It is one of: {listed}."
            )
    return wanted


def _without_file(visit: Visit, row: int, also: list[int]) -> set[str]:
    """Let a piece of evidence no longer have its file; the hashes it was kept under, to be taken away afterwards."""
    found = visit.db.execute("SELECT sha256, path FROM evidence WHERE id = ?", (row,)).fetchone()
    if not found or found[0] is None:
        return set()
    sha256, path = found
    marks = ", ".join("?" * len(also))
    shared = visit.db.execute(f"SELECT ref FROM evidence WHERE sha256 = ? AND id NOT IN ({marks})", (sha256, *also))
    others = ", ".join(ref for (ref,) in shared)
    if others:
        raise Refused(f"{own_ref('evidence', row)} is the very same file as {others}.", "Name them all in one command.")
    visit.db.execute(
        "UPDATE evidence SET link = ?, sha256 = NULL, size_bytes = NULL, path = NULL WHERE id = ?", (REDACTED, row)
    )
    if path is not None:
        visit.say(f"The file of {own_ref('evidence', row)} was kept in its own place, and is there still.")
        return set()
    return {sha256}


def _tell_where_else(visit: Visit, rows: list[tuple[str, int]], words: list[str]) -> None:
    """Name the other rows that the same words stand in, now or in the past."""
    telling = [each for each in words if len(each) >= _TELLING]
    others = [each for each in standing_in(visit.db, telling) if each not in rows]
    if refs := [ref for each in others if (ref := own_ref(*each))]:
        visit.say(f"The same words stand in {', '.join(refs)}: redact them too if they must go.")
    if names := [called(visit.db, *each) for each in others if not own_ref(*each)]:
        visit.say(f"They stand too where recreg cannot redact them: {'; '.join(names)}.")
