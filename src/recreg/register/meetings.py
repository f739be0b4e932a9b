"""Acts on the audit committee's meetings, and recording the final paper of one."""

from dataclasses import dataclass
from datetime import date

from recreg.domain.dates import spoken
from recreg.domain.models import Meeting
from recreg.domain.text import clean_line, name_key, shell_word
from recreg.domain.vocabulary import Kind, PaperForm
from recreg.errors import Mistyped, Refused
from recreg.register.acts import Acts, Done, required
from recreg.store import references
from recreg.store.log import hash_of


@dataclass(frozen=True)
class Final:
    """A paper that was drawn: what it is of, what it rests on, and the open items that it printed."""

    since: date
    until: date
    changeset: int
    form: PaperForm
    sha256: str
    opened: dict[Kind, int]


class MeetingActs(Acts):
    """The committee that the paper is for."""

    def add_meeting(self, name: str, held_on: str, *, cutoff: str | None = None) -> Done:
        """Take in a meeting; its cut-off day, to the end of which its paper counts, is its own day unless given."""
        name = clean_line(name, "name of the meeting")
        with self.visit("meeting add") as visit:
            if name_key(name) in references.names(visit.db, "meeting"):
                hint = f"recreg meeting edit {shell_word(name)} changes it; a meeting's name is its own."
                raise Refused(f"There is a meeting “{visit.meetings.get(name).name}” already.", hint)
            held = self.day(held_on, what="day of the meeting")
            meeting = Meeting(name=name, name_key=name_key(name), held_on=held, cutoff_on=held)
            self._cut_off(meeting, cutoff)
            visit.meetings.add(meeting)
            visit.say(_told(meeting))
        return self.done(visit, [name])

    def edit_meeting(self, name: str, *, held_on: str | None = None, cutoff: str | None = None) -> Done:
        """Put a meeting's days right; raises `Refused` where its final paper rests on them."""
        if held_on is None and cutoff is None:
            raise Mistyped(f"Nothing was given to change of {name}.", "Add --day or --cutoff.")
        with self.visit("meeting edit") as visit:
            meeting = visit.meetings.get(name)
            if meeting.final_changeset is not None and cutoff is not None:
                raise Refused(
                    f"The final paper of “{meeting.name}” counts to {spoken(meeting.cutoff_on)}, its cut-off.",
                    "A cut-off stays as it is once the paper is final.",
                )
            if held_on is not None:
                meeting.held_on = self.day(held_on, what="day of the meeting")
            self._cut_off(meeting, cutoff)
            visit.say(_told(meeting))
        return self.done(visit)

    def record_final(self, name: str, drawn: Final, *, replaces: bool = False, why: str | None = None) -> Done:
        """Record the paper that goes to a meeting as its final one, which every later paper begins from.

        Raises `Refused` before the cut-off, and where it has one already, unless it ``replaces`` that one with
        a reason.
        """
        with self.visit("paper") as visit:
            meeting = visit.meetings.get(name)
            self._may_be_final(meeting, drawn, replaces=replaces)
            meeting.final_why = required(why, "--why", "Replacing a final paper") if replaces else None
            meeting.final_since_on, meeting.final_drawn_on = drawn.since, self.on
            meeting.final_changeset, meeting.final_form, meeting.final_sha256 = (
                drawn.changeset, drawn.form.value, drawn.sha256)  # fmt: skip
            meeting.final_hash = hash_of(visit.db, drawn.changeset)
            meeting.final_recommendations = drawn.opened[Kind.RECOMMENDATION]
            meeting.final_areas_for_improvement = drawn.opened[Kind.AREA_FOR_IMPROVEMENT]
            meeting.final_causes_of_concern = drawn.opened[Kind.CAUSE_OF_CONCERN]
            visit.say(f"The paper of “{meeting.name}” is final: drawn from changeset {drawn.changeset}.")
            visit.say(f"SHA-256 {drawn.sha256}.")
        return self.done(visit)

    def _may_be_final(self, meeting: Meeting, drawn: Final, *, replaces: bool) -> None:
        if drawn.until < meeting.cutoff_on:
            raise Refused(
                f"The cut-off of “{meeting.name}”, {spoken(meeting.cutoff_on)}, is to come.",
                f"Draw it on that day or later, or type recreg meeting edit {shell_word(meeting.name)} --cutoff today.",
            )
        if meeting.final_changeset is not None and not replaces:
            raise Refused(
                f"“{meeting.name}” has its final paper, drawn from changeset {meeting.final_changeset}.",
                'recreg paper draws that one again; --replaces-final --why "…" puts another in its place.',
            )
        if meeting.final_changeset is None and replaces:
            raise Refused(f"“{meeting.name}” has no final paper to replace.", "Leave --replaces-final out.")

    def _cut_off(self, meeting: Meeting, cutoff: str | None) -> None:
        """Give a meeting its cut-off; raises `Mistyped` for one after the meeting."""
        if cutoff is not None:
            meeting.cutoff_on = self.day(cutoff, what="cut-off day")
        if meeting.cutoff_on > meeting.held_on:
            raise Mistyped(
                f"The cut-off, {spoken(meeting.cutoff_on)}, is after the meeting, {spoken(meeting.held_on)}.",
                "Papers are drawn before the meeting: give an earlier --cutoff.",
            )


def _told(meeting: Meeting) -> str:
    counts_to = "its cut-off is that day" if meeting.cutoff_on == meeting.held_on else (
        f"its paper counts to {spoken(meeting.cutoff_on)}")  # fmt: skip
    return f"“{meeting.name}” is on {spoken(meeting.held_on)}; {counts_to}."
