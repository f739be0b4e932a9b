"""The order of the paper: its sections as the committee's real paper has them, then its annexes by their letters."""

PURPOSE, POSITION, CAUSES, REPORTS, FORTHCOMING, REVIEWS, TO_NOTE, CONTACT, BACKGROUND = SECTIONS = (
    "Purpose",
    "The force's position",
    "Causes of concern, and what is red",
    "Reports published since",
    "Forthcoming inspections",
    "How items are reviewed",
    "The committee is asked to note",
    "Contact",
    "Background documents",
)

ANNEXES = (
    "What moved",
    "Causes of concern and what they contain",
    "What is red, and why",
    "RAG by board and by portfolio",
    "Over time, and how old",
    "Targets that slipped",
    "With HMICFRS, and what came back",
    "The commissioner's 56 days",
    "Reviews, targets and deadlines that have passed",
    "Left out as not ours",
    "The RAG key, and the words",
    "What this paper rests on",
)
(MOVED, IN_CAUSES, RED, RATINGS, PICTURES, SLIPPED, WITH_HMICFRS, COMMENTS, OVERDUE, NOT_OURS, MEANINGS,
 RESTS_ON) = ANNEXES  # fmt: skip


def annex(title: str) -> str:
    """What an annex is called by the text: “Annex B”."""
    return f"Annex {'ABCDEFGHIJKL'[ANNEXES.index(title)]}"
