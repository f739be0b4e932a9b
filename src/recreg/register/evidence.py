"""Acts on evidence: filed, shared with HMICFRS's liaison, judged."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from recreg.domain.dates import spoken
from recreg.domain.models import Evidence, Item
from recreg.domain.vocabulary import Verdict, word
from recreg.errors import Mistyped, Objections
from recreg.register.acts import Acts, Done, one_line, required, titled
from recreg.store import evidence_files
from recreg.store.file import connect_for_reading
from recreg.store.visit import Visit


@dataclass
class EvidenceFields:
    """What may be typed of evidence: days are as typed, and ``received`` is the day of the act unless given."""

    title: str | None = None
    dated: str | date | None = None
    received: str | date | None = None
    received_from: str | None = None


class EvidenceActs(Acts):
    """What shows that an item is done."""

    def add_evidence(
        self,
        files: list[Path],
        refs: list[str],
        typed: EvidenceFields,
        *,
        link: str | None = None,
        in_place: bool = False,
    ) -> Done:
        """File evidence for items: each file is copied under its hash, or with ``in_place`` only weighed."""
        if bool(files) == bool(link):
            raise Mistyped("Evidence is one or more files, or a link.", "Give FILE…, or --link URL.")
        if not refs:
            raise Mistyped("Evidence stands for an item.", "Add --for R-0001.")
        described = self._described(typed, link=link)
        copied = [] if in_place or self.dry_run else files
        connect_for_reading(self.path).close()  # What is no register is told before anything is copied beside it.
        with evidence_files.staged(copied, self.path) as copies, self.visit("evidence add") as visit:
            items = visit.items.get_all(refs)
            _require_not_withdrawn(items)
            weighed = [copy.kept for copy in copies] or [evidence_files.weigh(file) for file in files]
            made = (
                [described]
                if link
                else [self._filed(file, kept, typed, in_place) for file, kept in zip(files, weighed, strict=True)]
            )
            for evidence in made:
                self._take_in(visit, evidence, items)
            visit.seal()  # Every rule is asked before a file is kept, and the file is there before the row is.
            for copy in copies:
                copy.keep()
        return self.done(visit, [evidence.ref or "" for evidence in made])

    def share_evidence(self, refs: list[str], *, shared_with: str | None = None) -> Done:
        """Record that evidence was shared, with HMICFRS's liaison lead unless told."""
        with self.visit("evidence share") as visit:
            for ref in refs:
                evidence = visit.evidence.get(ref)
                evidence.shared_on = visit.on
                evidence.shared_with = one_line(shared_with, "name") or "HMICFRS Force Liaison Lead"
                visit.say(f"{evidence.ref} was shared with {evidence.shared_with} on {spoken(visit.on)}.")
        return self.done(visit)

    def judge_evidence(self, refs: list[str], verdict: str, *, why: str | None = None) -> Done:
        """Judge evidence; anything but *sufficient* needs a reason."""
        judged = word(Verdict, verdict, "verdict")
        reason = one_line(why, "reason") if judged == Verdict.SUFFICIENT else required(why, "--why", f"“{judged}”")
        with self.visit("evidence judge") as visit:
            for ref in refs:
                evidence = visit.evidence.get(ref)
                evidence.verdict, evidence.verdict_why, evidence.judged_on = judged, reason, visit.on
                visit.say(f"{evidence.ref} “{evidence.title}” is judged {judged}.")
        return self.done(visit)

    def _described(self, typed: EvidenceFields, *, link: str | None = None) -> Evidence:
        received = self.past_day(typed.received, "day of receipt") if typed.received else self.on
        dated = self.past_day(typed.dated, "day on the evidence") if typed.dated else None
        title = one_line(typed.title, "title") or one_line(link, "link") or ""
        sender = one_line(typed.received_from, "name of the sender")
        address = one_line(link, "link")
        return Evidence(title=title, link=address, received_on=received, dated_on=dated, received_from=sender)

    def _filed(self, file: Path, kept: evidence_files.Kept, typed: EvidenceFields, in_place: bool) -> Evidence:
        evidence = self._described(typed)
        evidence.file_name = one_line(kept.name.encode("utf-8", "replace").decode(), "name of the file")
        evidence.title = evidence.title or evidence.file_name or kept.sha256
        evidence.path = one_line(str(file.absolute()), "path of the file") if in_place else None
        evidence.sha256, evidence.size_bytes = kept.sha256, kept.size_bytes
        return evidence

    def _take_in(self, visit: Visit, evidence: Evidence, items: list[Item]) -> None:
        visit.evidence.add(evidence)
        visit.evidence.stand_for(evidence, items)
        for item in items:
            visit.say(f"{evidence.ref} “{evidence.title}”{_days_told(evidence, visit.on)} is filed for {titled(item)}.")


def _days_told(evidence: Evidence, on: date) -> str:
    """The day on it, and that of its receipt where it is not the day of the act."""
    dated = [f"dated {spoken(evidence.dated_on)}"] if evidence.dated_on else []
    received = [f"received {spoken(evidence.received_on)}"] if evidence.received_on != on else []
    return f", {', '.join([*dated, *received])}," if dated or received else ""


def _require_not_withdrawn(items: list[Item]) -> None:
    objections = Objections()
    for item in items:
        if item.withdrawn_on:
            objections.add(f"{item.ref} was withdrawn on {spoken(item.withdrawn_on)}: evidence cannot be filed for it.")
    objections.settle()
