"""The floors under the figures: what they are, what the program reaches now, and how they move.

    python tests/floors.py                                    the score tables and the floors; exit code 1 below a floor
    python tests/floors.py --raise                            put each floor a margin below what is reached, where that is higher
    python tests/floors.py --lower CORPUS MEASURE --because …  lower one floor to a margin below what is reached; the reason stays in the file

``tests/floors.json`` keeps for each corpus and measure the floor and the highest floor there ever was; where the two differ, ``lowered``
says why.
"""

import argparse
import json
import math
import sys
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kehoach.batch.discovery import find_inputs
from kehoach.batch.worker import Settings, extract_job
from kehoach.review.evaluation.evaluate import Evaluation, evaluate_folders
from kehoach.review.evaluation.figures import Figure
from kehoach.review.evaluation.report import print_evaluation
from kehoach.review.terminal import console_for

ROOT = Path(__file__).parents[1]
FILE = Path(__file__).with_name("floors.json")
SHARED = ROOT.parent / "shared"
# Where the annotations of a corpus are, and the folders that its documents are in.
CORPORA = {
    "samples": (ROOT / "tests" / "gold", (ROOT / "samples",)),
    "annotated corpus": (SHARED / "gold", (SHARED / "corpus" / "seeds", SHARED / "corpus" / "docs")),
}
# How far a figure may fall before it counts: about one record in a hundred.
MARGIN = 0.01


def present() -> dict:
    """The corpora whose files are there."""
    return {name: places for name, places in CORPORA.items() if all(place.is_dir() for place in (places[0], *places[1]))}


def extract_corpus(name: str, out: Path, rules: Path | None = None) -> None:
    """Write the documents of a corpus to ``out``, with the rules of the folder ``rules`` laid over."""
    out.mkdir(parents=True, exist_ok=True)
    for folder in CORPORA[name][1]:
        for job in find_inputs([folder]).jobs:
            outcome = extract_job(job, Settings(out=out, rules=rules))
            assert type(outcome).__name__ == "Done", outcome


def measure(name: str, rules: Path | None = None) -> Evaluation:
    """The evaluation of one corpus as the program stands."""
    with TemporaryDirectory() as folder:
        extract_corpus(name, Path(folder), rules)
        return evaluate_folders(CORPORA[name][0], Path(folder), resamples=0)


@lru_cache(maxsize=4)
def measure_once(name: str) -> Evaluation:
    """As ``measure`` with the built-in rules, kept."""
    return measure(name)


def reached(evaluation: Evaluation) -> dict[str, float]:
    """Each figure with something to measure; of mistakes, the share that is none: higher is always better."""
    return {name: _goodness(name, figure) for name, figure in evaluation.overall.items() if not figure.empty} | {
        "genre": evaluation.genres_right / len(evaluation.documents)
    }


def _goodness(name: str, figure: Figure) -> float:
    return 1 - figure.value if name == "role_swaps" else figure.value


def load() -> dict:
    return json.loads(FILE.read_text("utf-8"))


def save(data: dict) -> None:
    FILE.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", "utf-8")


def breaches(name: str, figures: dict[str, float], data: dict | None = None) -> list[str]:
    """The measures of a corpus that are below their floor, in words."""
    floors = (data or load())["floors"].get(name, {})
    return [
        f"{name}: {measure} is {figures.get(measure, 0.0):.3f}, its floor is {floor['floor']:.3f}"
        for measure, floor in floors.items()
        if figures.get(measure, 0.0) < floor["floor"]
    ]


def inconsistencies(data: dict) -> list[str]:
    """Floors below their best without a reason, and reasons without words."""
    reasons = {(one["corpus"], one["measure"]): one for one in data["lowered"]}
    faults = [f"{one['corpus']}, {one['measure']}: no reason" for one in data["lowered"] if len(one["reason"].split()) < 3]
    for corpus, floors in data["floors"].items():
        for measure, floor in floors.items():
            if floor["floor"] < floor["best"] and (corpus, measure) not in reasons:
                faults.append(f"{corpus}: the floor of {measure} was {floor['best']}, it is {floor['floor']}, and no reason says why")
            if floor["floor"] > floor["best"]:
                faults.append(f"{corpus}: the floor of {measure} is above the best there was")
    return faults


def below(figure: float) -> float:
    """The floor under a figure, rounded down."""
    return max(0.0, math.floor((figure - MARGIN) * 1000) / 1000)


def raised(data: dict, name: str, figures: dict[str, float]) -> dict:
    """``data`` with the floors of one corpus raised to a margin below ``figures``; none is lowered."""
    floors = data["floors"].setdefault(name, {})
    for measure, figure in figures.items():
        old = floors.get(measure, {"floor": 0.0, "best": 0.0})
        floor = max(old["floor"], below(figure))
        floors[measure] = {"floor": floor, "best": max(floor, old["best"])}
    return data


def lowered(data: dict, name: str, measure: str, figure: float, reason: str) -> dict:
    """``data`` with one floor lowered to a margin below ``figure`` and the reason kept."""
    floor = data["floors"][name][measure]
    data["lowered"].append({"corpus": name, "measure": measure, "from": floor["floor"], "to": below(figure), "reason": reason})
    floor["floor"] = below(figure)
    return data


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="rise", action="store_true")
    parser.add_argument("--lower", nargs=2, metavar=("CORPUS", "MEASURE"))
    parser.add_argument("--because", metavar="REASON")
    given = parser.parse_args()
    if bool(given.lower) != bool(given.because):
        parser.error("--lower needs --because, and the other way round")
    data, console, faults = load(), console_for(sys.stdout), []
    for name in present():
        evaluation = measure_once(name)
        figures = reached(evaluation)
        if given.rise:
            raised(data, name, figures)
        if given.lower and given.lower[0] == name:
            lowered(data, name, given.lower[1], figures[given.lower[1]], given.because)
        console.print(f"\n{name}")
        print_evaluation(evaluation, console)
        for measure, floor in data["floors"].get(name, {}).items():
            console.print(f"{measure:<24} now {figures.get(measure, 0.0):.3f}   floor {floor['floor']:.3f}")
        faults += breaches(name, figures, data)
    if given.rise or given.lower:
        save(data)
    for fault in faults:
        console.print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
