"""What one can do with a register: each method is one act of the officer, in one transaction."""

from recreg.register.acts import Done
from recreg.register.evidence import EvidenceActs
from recreg.register.items import ItemActs
from recreg.register.keeping import KeepingActs
from recreg.register.lifecycle import LifecycleActs
from recreg.register.linking import LinkActs
from recreg.register.meetings import MeetingActs
from recreg.register.minutes import MinuteActs
from recreg.register.names import NameActs
from recreg.register.progress import ProgressActs
from recreg.register.putting_right import PuttingRight
from recreg.register.redaction import RedactionActs
from recreg.register.returns import ReturnActs

__all__ = ["Done", "Register"]


class Register(
    ItemActs,
    MinuteActs,
    ReturnActs,
    ProgressActs,
    LifecycleActs,
    LinkActs,
    KeepingActs,
    EvidenceActs,
    NameActs,
    MeetingActs,
    PuttingRight,
    RedactionActs,
):
    """A register file, and who acts on it, on what day; `importing_documents.DocumentActs` takes files in."""
