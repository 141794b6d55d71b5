"""Faults that were there once, or of their kinds, planted into a copy of the toolkit: does the fuzzer find them?

`python -m tests.fuzz.planted` plants all of them at once, looks for mutants that find each, and writes them into
`planted.json`: several a plant, so that a description that is changed, or one more, takes none of them all.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).parents[2]
RECORD = Path(__file__).with_name("planted.json")
SEED = 20_262
KEPT = 3
"""Mutants that are written down for a plant."""
_OTHER = "except ZeroDivisionError:"
"""In place of a guard: it guards against nothing that happens."""


Number: TypeAlias = tuple[int, int]
"""A mutant: its seed and its number."""


@dataclass(frozen=True)
class Plant:
    """A line of the toolkit that stands another way, and kind and place of the fault that this is.

    The place is "" where the fault is told by what it says, which has names of the description in it.
    """

    name: str
    file: str
    before: str
    after: str
    fault: tuple[str, str]

    def is_met(self, kind: str, where: str) -> bool:
        return kind == self.fault[0] and self.fault[1] in ("", where)


PLANTS = (
    Plant(
        "a dangling reference",
        "checks/dangling_ref.py",
        "        except KeyError:\n            # Comparing",
        f"        {_OTHER}\n            # Comparing",
        ("KeyError", "load/pointer.py:find"),
    ),
    Plant(
        "a key twice",
        "load/read.py",
        "    except DuplicateKeyError:\n        _report",
        f"    {_OTHER}\n        _report",
        ("DuplicateKeyError", "load/yaml_data.py:construct_mapping"),
    ),
    Plant(
        "no syntax of YAML",
        "load/read.py",
        "    except NotYamlError as problem:",
        "    except ZeroDivisionError as problem:",
        ("NotYamlError", "load/yaml_data.py:parse"),
    ),
    Plant(
        "a number beyond every double",
        "ir/limits.py",
        "    except OverflowError:\n        return False\n\n\ndef compiles",
        f"    {_OTHER}\n        return False\n\n\ndef compiles",
        ("OverflowError", "ir/limits.py:is_double"),
    ),
    Plant(
        "credentials that are no Base64",
        "simulator/sessions.py",
        '.decode().partition(":")\n        except ValueError:',
        f'.decode().partition(":")\n        {_OTHER}',
        ("ValueError", "simulator/sessions.py:check_password"),
    ),
    Plant(
        "a request nested without end",
        "simulator/validation.py",
        "    except (ValueError, RecursionError):\n        raise Refusal",
        f"    {_OTHER}\n        raise Refusal",
        ("RecursionError", "simulator/application.py:serve"),
    ),
    Plant(
        "modules that import each other",
        "naming/modules.py",
        "        except CycleError as error:",
        "        except ZeroDivisionError as error:",
        ("CycleError", "naming/modules.py:_merge_cycles"),
    ),
    Plant(
        "a mapping to what is no name",
        "checks/discriminator.py",
        "            if not isinstance(target, str):",
        "            if False:",
        ("TypeError", "checks/discriminator.py:mappings_resolve"),
    ),
    Plant(
        "a word of Python as a name",
        "naming/words.py",
        '    if keyword.iskeyword(name) or name in ("self", "cls"):',
        '    if name in ("self", "cls"):',
        ("ValueError", "quoting/python.py:identifier"),
    ),
    Plant(
        "an extension counted as an answer",
        "emitters/completeness.py",
        'for status, _ in entries(node.get("responses"))]',
        'for status in node.get("responses", {})]',
        ("not-emitted", ""),
    ),
)


def planted(plants: Iterable[Plant], folder: Path) -> None:
    """Copy the toolkit into a folder, with these faults.

    Raises:
        ValueError: The line that a plant changes is no longer there, or not once.
    """
    shutil.copytree(ROOT / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "templates").symlink_to(ROOT / "templates", target_is_directory=True)
    for plant in plants:
        file = folder / "generator" / "vcsdk" / plant.file
        text = file.read_text(encoding="utf-8")
        if text.count(plant.before) != 1:
            raise ValueError(f"{plant.name}: what it changes in {plant.file} is there {text.count(plant.before)} times")
        file.write_text(text.replace(plant.before, plant.after), encoding="utf-8")


def found(plants: Sequence[Plant], mutants: Iterable[Number]) -> Iterator[tuple[Number, str, str]]:
    """The faults that these mutants meet where all of `plants` are planted, as they are met: mutant, kind and place."""
    with tempfile.TemporaryDirectory(prefix="vcsdk-planted-") as name:
        folder = Path(name)
        planted(plants, folder)
        path = os.pathsep.join((str(folder / "generator"), str(ROOT)))
        listed = folder / "mutants.json"
        listed.write_text(json.dumps(list(mutants)), encoding="utf-8")
        command = [sys.executable, "-m", "tests.fuzz.planted", "--meet", str(listed)]
        environment = {**os.environ, "PYTHONPATH": path}
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            for line in running.stdout:
                if line.startswith(_TELLS):
                    number, kind, where = json.loads(line.removeprefix(_TELLS))
                    yield (number[0], number[1]), kind, where
        if running.returncode:
            raise RuntimeError(f"the fuzzer ended with {running.returncode}")


_TELLS = "met "


def _meet(mutants: Iterable[Number]) -> None:
    """Run the fuzzer over mutants in this process, and tell each fault in a line."""
    import vcsdk

    from tests.fuzz.campaign import run

    print(f"toolkit of {vcsdk.__file__}", flush=True)
    with tempfile.TemporaryDirectory(prefix="vcsdk-fuzz-") as folder:
        for seed, number in mutants:
            for each in run(seed, range(number, number + 1), Path(folder) / "work", None):
                print(_TELLS + json.dumps([(seed, number), each.fault.kind, each.fault.where]), flush=True)


def recorded() -> dict[str, list[Number]]:
    """The mutants that were seen to find each plant, by its name."""
    read: dict[str, list[list[int]]] = json.loads(RECORD.read_text(encoding="utf-8"))
    return {name: [(seed, number) for seed, number in mutants] for name, mutants in read.items()}


def record(mutants: Mapping[str, Sequence[Number]]) -> None:
    """Write down which mutants find each plant."""
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(found)}" for name, found in mutants.items())
    RECORD.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


def searched(seed: int, mutants: int) -> dict[str, list[Number]]:
    """Look for mutants that find each plant: of those that meet a fault of its kind, those that do where it is alone.

    Args:
        seed: Of the mutants.
        mutants: How many to try with all plants at once.
    """
    candidates: dict[str, list[Number]] = {plant.name: [] for plant in PLANTS}
    for number, kind, where in found(PLANTS, [(seed, n) for n in range(mutants)]):
        print(*number, kind, where, flush=True)
        for plant in PLANTS:
            if plant.is_met(kind, where) and number not in candidates[plant.name]:
                candidates[plant.name].append(number)
    return alone(candidates)


def alone(candidates: Mapping[str, Sequence[Number]]) -> dict[str, list[Number]]:
    """Those of the candidates for each plant, by its name, that find it where nothing else is planted."""
    kept = {}
    for plant in PLANTS:
        tried = candidates.get(plant.name, ())[: 3 * KEPT]
        met = {number for number, kind, where in found([plant], tried) if plant.is_met(kind, where)}
        kept[plant.name] = sorted(met)[:KEPT]
        print(f"{plant.name}: {kept[plant.name] or 'not found'}", flush=True)
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.planted", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--mutants", type=int, default=1000)
    parser.add_argument("--meet", type=Path, help="a file of mutants to run in this process: [[seed, number], …]")
    options = parser.parse_args()
    if options.meet is not None:
        _meet(json.loads(options.meet.read_text(encoding="utf-8")))
        return
    record(searched(options.seed, options.mutants))


if __name__ == "__main__":
    main()
