"""What does each colour mean in this force? Every paper prints it."""

import sqlite3
from typing import Any

from recreg.domain.vocabulary import Rag
from recreg.questions import Answer, answer

#: What a colour that the force has not worded is taken to mean.
UNWORDED = {
    Rag.RED: "not on course; needs action",
    Rag.AMBER: "at risk; being managed",
    Rag.GREEN: "on course",
    Rag.UNRATED: "not judged yet",
}


def statements() -> dict[str, Any]:
    """The select, by the name of its SQL file."""
    from sqlmodel import col

    from recreg.domain.models import RagKey
    from recreg.questions.selects import select_of

    return {"key": select_of(RagKey.colour, RagKey.words).order_by(col(RagKey.id))}


def key(db: sqlite3.Connection) -> Answer:
    """Each colour in use with its words, and whether they are the force's own."""
    own = {row["colour"]: row["words"] for row in answer(db, "key")}
    used = [rag for rag in Rag if rag in own or rag in UNWORDED]
    return [{"colour": str(rag), "words": own.get(rag) or UNWORDED[rag], "own_words": rag in own} for rag in used]
