"""Commands on progress: note, rag, review."""

from itertools import islice
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperOption

from recreg.cli.options import By, DryRun, On, Refs, Why, acting, tell, text_from, text_or_editor

app = typer.Typer()


class WordsLast(TyperCommand):
    """A command whose last words are text, which may begin with a dash."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the command's own options out first; whatever else is typed is words."""
        flags, valued = self._options()
        own: list[str] = []
        words: list[str] = []
        left = iter(args)
        for arg in left:
            if arg == "--":
                words += left
            elif arg in flags or arg.partition("=")[0] in valued - {arg}:
                own.append(arg)
            elif arg in valued:
                own += [arg, *islice(left, 1)]
            else:
                words.append(arg)
        return super().parse_args(ctx, [*own, "--", *words])

    def _options(self) -> tuple[set[str], set[str]]:
        options = [param for param in self.params if isinstance(param, TyperOption)]
        flags = {name for option in options if option.is_flag for name in option.opts}
        return flags | {"-h", "--help"}, {name for option in options if not option.is_flag for name in option.opts}


@app.command("note", cls=WordsLast)
def note(
    refs_and_text: Annotated[list[str], typer.Argument(metavar="REF… TEXT", help="The last word is the text.")],
    file: Annotated[str | None, typer.Option("--file", metavar="FILE", help="From a file; - is stdin.")] = None,
    on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg note 10618 "Audit of 60 cases begun; first findings in May"

    Record an owner's update, verbatim. With --file every word is a reference.
    """
    from recreg.errors import Mistyped

    refs, text = (refs_and_text, text_from(file)) if file else (refs_and_text[:-1], refs_and_text[-1])
    if not refs:
        raise Mistyped(f"“{text}” is one word: a note needs a reference and a text.", 'recreg note R-0001 "the text"')
    tell(acting(on, by, dry_run).note(refs, text))


@app.command("rag")
def rag(
    colour: Annotated[str, typer.Argument(metavar="COLOUR", help="red, amber, green or unrated.")],
    refs: Refs, why: Why = None, on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg rag red 9472 --why "NPCC guidance not issued; nothing to train on"

    Rate items, with the reason of the judgement.
    """
    tell(acting(on, by, dry_run).rag(colour, refs, why=why))


@app.command("review")
def review(
    refs: Refs,
    outcome: Annotated[str, typer.Option("--outcome", metavar="WORD",
                       help="on-track, support-needed, escalate or propose-closure.")],
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What was said; else $EDITOR.")] = None,
    rag: Annotated[str | None, typer.Option("--rag", metavar="COLOUR", help="Another rating; needs --why.")] = None,
    why: Why = None,
    met: Annotated[str | None, typer.Option("--met", metavar="WHO", help="Whom you met to support.")] = None,
    met_on: Annotated[str | None, typer.Option("--met-on", metavar="DAY", help="When you met.")] = None,
    keep_schedule: Annotated[bool, typer.Option("--keep-schedule", help="Keep the rhythm's own days.")] = False,
    alone: Annotated[bool, typer.Option("--alone", help="Leave a cause's children out.")] = False,
    on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg review 10618 --outcome on-track --note "Audit done; report due in May" --on 31/08/2022

    Record a three-month review held on --on DAY; the next one counts from it. A cause of concern takes
    its open children along.
    """
    register = acting(on, by, dry_run)
    words = text_or_editor(note, "--note", f"The review of {', '.join(refs)}")
    tell(
        register.review(
            refs, outcome=outcome, note=words, rag=rag, why=why, met=met, met_on=met_on,
            keep_schedule=keep_schedule, alone=alone,
        )
    )  # fmt: skip
