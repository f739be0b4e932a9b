"""What a help page is drawn with, without what it is not drawn with.

To draw boxes Typer loads a reader of Markdown and one of program text too, which cost more than all the
rest; recreg's help pages are neither.
"""

import sys
from importlib import import_module
from types import ModuleType

_UNUSED = {"rich.markdown": "Markdown", "rich.traceback": "Traceback"}


def lighten() -> None:
    """Load what draws a help page, with something empty in the place of what it does not need."""
    stand_ins = {name: ModuleType(name) for name in _UNUSED if name not in sys.modules}
    for name, module in stand_ins.items():
        setattr(module, _UNUSED[name], None)
    sys.modules.update(stand_ins)
    import_module("typer.rich_utils")
    for name in stand_ins:
        del sys.modules[name]
