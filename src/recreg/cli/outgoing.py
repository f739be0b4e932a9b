"""Long lists on their way out: written while the register is still read, and by a thread of their own.

Whoever reads slowly, as a pager does, then holds up neither the reading nor anybody who wants to write
to the register; whoever keeps up finds that the list takes no more memory for being long.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from queue import SimpleQueue
from threading import Thread

from recreg.cli.printer import give_up_stdout, put_texts
from recreg.errors import Unwritable

#: Lines that go out together; a list no longer than that needs no thread.
_TOGETHER = 500

Put = Callable[[Iterable[str]], None]


@contextmanager
def going_out() -> Iterator[Put]:
    """What takes lines for stdout; at the end, once the register is closed, all of them are written.

    Raises what writing raised, as soon as it is known.
    """
    outgoing = _Outgoing()
    yield outgoing.put
    outgoing.finish()


class _Outgoing:
    def __init__(self) -> None:
        self._short = ""
        self._waiting: SimpleQueue[str | None] = SimpleQueue()
        self._writer = Thread(target=self._write, daemon=True)
        self._failed: BaseException | None = None

    def put(self, lines: Iterable[str]) -> None:
        rest = iter(lines)
        while together := list(islice(rest, _TOGETHER)):
            text = "\n".join(together) + "\n"
            if len(together) < _TOGETHER and self._writer.ident is None:
                self._short = text
                return
            self._go(text)

    def finish(self) -> None:
        if self._short:
            put_texts([self._short])
        if self._writer.ident is not None:
            self._waiting.put(None)
            self._writer.join()
        if self._failed is not None:
            raise self._failed

    def _go(self, text: str) -> None:
        if self._failed is not None:
            raise self._failed
        if self._writer.ident is None:
            self._writer.start()
        self._waiting.put(text)

    def _write(self) -> None:
        try:
            while (text := self._waiting.get()) is not None:
                put_texts([text])
        except OSError as error:  # Named for what it is, or the register would be taken for what is full.
            give_up_stdout()
            self._failed = Unwritable(f"The output could not be written: {error.strerror or error}.")
        except BaseException as error:  # noqa: BLE001 - whoever waits for the writer is told, and ends by it
            self._failed = error
