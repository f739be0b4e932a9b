"""How cost grows with the register, from 1,000 to 1,000,000 items: as a table, and drawn."""

import math
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from registers import filled
from timing import medians, recreg

SIZES = (1_000, 10_000, 100_000, 1_000_000)
COMMANDS = {
    "overdue": ("overdue",),
    "show": ("show", "R-0007"),
    "list of one owner": ("list", "--owner", "Head of Unit 7"),
    "dashboard": (),
}
DRAWN = Path(__file__).parents[1] / "docs/performance.svg"

Costs = dict[str, list[float]]
_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 720, 400, 60, 20, 170, 50
_COLOURS = ("#1f4e79", "#b5651d", "#2e7d32", "#7b1fa2")
_MOST, _LINE = 1_000, 14


def measured(folder: Path) -> Costs:
    """For each command, its cost at each size as a multiple of what it costs at the smallest."""
    seconds: Costs = {name: [] for name in COMMANDS}
    for size in SIZES:
        register = filled(folder / f"grown-{size}.db", size, overdue=100)
        runs = {name: recreg("--register", register, *words) for name, words in COMMANDS.items()}
        for name, took in medians(runs, rounds=5).items():
            seconds[name].append(took)
        register.unlink()
    return {name: [each / took[0] for each in took] for name, took in seconds.items()}


def table(costs: Costs) -> Iterator[str]:
    """The costs as a table, each as a multiple of the smallest register's."""
    yield "| items | " + " | ".join(f"{size:,}" for size in SIZES) + " |"
    yield "|---" * (len(SIZES) + 1) + "|"
    for name, ratios in costs.items():
        yield f"| {name} | " + " | ".join(f"{ratio:.2f}" for ratio in ratios) + " |"


def plot(costs: Costs) -> None:
    """Draw them, both ways in powers of ten."""
    top = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_WIDTH} {_HEIGHT}", role="img")
    SubElement(top, "title").text = "What a command costs as the register grows"
    SubElement(top, "rect", width=str(_WIDTH), height=str(_HEIGHT), fill="white")
    for size in SIZES:
        _text(top, _x(size), _HEIGHT - _BOTTOM + 20, f"{size:,}", "middle")
    for ratio in (1, 10, 100, _MOST):
        _rule(top, ratio)
    _text(top, _LEFT + (_WIDTH - _LEFT - _RIGHT) / 2, _HEIGHT - 8, "items in the register", "middle")
    lowest = float(_HEIGHT)
    colours = dict(zip(costs, _COLOURS, strict=True))
    for name, ratios in sorted(costs.items(), key=lambda cost: cost[1][-1]):
        lowest = min(_y(ratios[-1]) + 4, lowest - _LINE)  # No name stands on another.
        _line(top, f"{name} {ratios[-1]:.1f} ×", ratios, colours[name], lowest)
    indent(top)
    DRAWN.write_bytes(tostring(top) + b"\n")


def _line(top: Element, says: str, ratios: list[float], colour: str, height: float) -> None:
    points = " ".join(f"{_x(size):.1f},{_y(ratio):.1f}" for size, ratio in zip(SIZES, ratios, strict=True))
    look = {"points": points, "fill": "none", "stroke": colour, "stroke-width": "2"}
    SubElement(top, "polyline", look)
    _text(top, _x(SIZES[-1]) + 8, height, says, "start", colour)


def _rule(top: Element, ratio: float) -> None:
    height = str(_y(ratio))
    SubElement(top, "line", x1=str(_LEFT), x2=str(_WIDTH - _RIGHT), y1=height, y2=height, stroke="#dddddd")
    _text(top, _LEFT - 8, _y(ratio) + 4, f"{ratio:,} ×", "end")


def _text(top: Element, x: float, y: float, says: str, anchor: str, colour: str = "#333333") -> None:
    look = {"text-anchor": anchor, "font-family": "sans-serif", "font-size": "12", "fill": colour}
    SubElement(top, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", **look}).text = says


def _x(size: int) -> float:
    share = math.log10(size / SIZES[0]) / math.log10(SIZES[-1] / SIZES[0])
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _y(ratio: float) -> float:
    share = math.log10(min(max(ratio, 1), _MOST)) / math.log10(_MOST)
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)
