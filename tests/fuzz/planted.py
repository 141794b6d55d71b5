"""Faults that were there once, or of their kinds, planted into a copy of the toolkit: does the fuzzer find them?

`python -m tests.fuzz.planted` plants all of them at once and says which mutants find what. After a change of the fuzzer
or of the descriptions that it starts from, the numbers in `PLANTS` are written down anew from that.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEED = 20_262
_OTHER = "except ZeroDivisionError:"
"""In place of a guard: it guards against nothing that happens."""


@dataclass(frozen=True)
class Plant:
    """A line of the toolkit that stands another way, kind and place of the fault, and the mutant that finds it.

    The place is "" where the fault is told by what it says, which has names of the description in it.
    """

    name: str
    file: str
    before: str
    after: str
    fault: tuple[str, str]
    mutant: int
    seed: int = SEED


PLANTS = (
    Plant(
        "a dangling reference",
        "checks/dangling_ref.py",
        "        except KeyError:\n            # Comparing",
        f"        {_OTHER}\n            # Comparing",
        ("KeyError", "load/pointer.py:find"),
        19,
    ),
    Plant(
        "a schema that no validator takes",
        "instances/schemas.py",
        "        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:",
        "        except ZeroDivisionError as error:",
        ("ValidationError", "instances/schemas.py:validator"),
        35,
    ),
    Plant(
        "a key twice",
        "load/read.py",
        "    except DuplicateKeyError:\n        _report",
        f"    {_OTHER}\n        _report",
        ("DuplicateKeyError", "load/yaml_data.py:construct_mapping"),
        36,
    ),
    Plant(
        "a chain that leads on through a property",
        "build/composition.py",
        "        except TooDeepError:\n            self._refuse_depth(last(pointer), pointer)",
        f"        {_OTHER}\n            self._refuse_depth(last(pointer), pointer)",
        ("TooDeepError", "build/compose.py:leaves"),
        1804,
        800_550,
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


def found(plants: Sequence[Plant], numbers: Iterable[int], seed: int = SEED) -> list[tuple[int, str, str]]:
    """The faults that these mutants meet where all of `plants` are planted: mutant, kind and place of each."""
    with tempfile.TemporaryDirectory(prefix="vcsdk-planted-") as name:
        folder = Path(name)
        planted(plants, folder)
        path = os.pathsep.join((str(folder / "generator"), str(ROOT)))
        command = [sys.executable, "-m", "tests.fuzz.planted", "--seed", str(seed), "--meet", *map(str, numbers)]
        environment = {**os.environ, "PYTHONPATH": path}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    lines = [line.removeprefix(_TELLS) for line in done.stdout.splitlines() if line.startswith(_TELLS)]
    return [(number, kind, where) for number, kind, where in map(json.loads, lines)]


_TELLS = "met "


def _meet(seed: int, numbers: Iterable[int]) -> None:
    """Run the fuzzer over mutants in this process, and tell each fault in a line."""
    import vcsdk

    from tests.fuzz.campaign import run

    print(f"toolkit of {vcsdk.__file__}", flush=True)
    with tempfile.TemporaryDirectory(prefix="vcsdk-fuzz-") as folder:
        for number in numbers:
            for each in run(seed, range(number, number + 1), Path(folder) / "work", None):
                print(_TELLS + json.dumps([number, each.fault.kind, each.fault.where]), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.planted", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--meet", type=int, nargs="*", help="run these mutants in this process")
    options = parser.parse_args()
    if options.meet is not None:
        _meet(options.seed, options.meet)
        return
    for number, kind, where in found(PLANTS, range(options.mutants), options.seed):
        print(number, kind, where)


if __name__ == "__main__":
    main()
