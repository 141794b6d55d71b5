"""`vcsdk affected` names the lines of a program that a change breaks, marked `# !` here, and no other."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from vcsdk.cli.main import main

ROOT = Path(__file__).parents[3]
SPEC = ROOT / "spec"
REASON = (
    "required: [planned]\n      properties:\n",
    "required: [planned, reason]\n      properties:\n        reason:\n          type: string\n",
)
OPTIONAL = ("required: [planned]\n      properties:\n", "properties:\n")
MEMBER = ("DISABLED", "SWITCHED_OFF")
PLANNED = ("required: [planned]\n      properties:\n        planned:\n", "properties:\n        scheduled:\n")
HEALTH = ("health_state", "wellness_state")
CLIENT = "from vcenter_vcha import AsyncVCenter, VCenter\n\nvc = VCenter('h', username='u', password='p')\n"

PROGRAMS = {
    "a chain": (REASON, f"{CLIENT}vc.vcha.cluster.failover(planned=True)  # !\nvc.vcha.cluster.get()\n"),
    "a chain over lines": (
        REASON,
        f"{CLIENT}(\n    vc\n    .vcha\n    .cluster\n    .failover(  # !\n        planned=True,\n    )\n)\n",
    ),
    "with": (
        REASON,
        "import vcenter_vcha as sdk\nwith sdk.VCenter('h', username='u', password='p') as client:\n"
        "    cluster = client.vcha.cluster\n    task = cluster.failover(planned=True)  # !\n    task.wait(timeout=1)\n",
    ),
    "an alias": (
        REASON,
        "from vcenter_vcha import VCenter as Client\ndef go(client: Client) -> None:\n"
        "    start = client.vcha.cluster.failover\n    start(planned=False)  # !\n",
    ),
    "asynchronous": (
        REASON,
        "import asyncio\nfrom vcenter_vcha import AsyncVCenter\n\n\nasync def go():\n"
        "    async with AsyncVCenter('h', username='u', password='p') as vc:\n"
        "        task = await vc.vcha.cluster.failover(planned=True)  # !\n        await task.wait()\n"
        "        both = await asyncio.gather(vc.vcha.cluster.failover(planned=True))  # !\n"
        "        await asyncio.create_task(vc.vcha.cluster.get())\n\n\nasyncio.run(go())\n",
    ),
    "an attribute of an object": (
        REASON,
        f"{CLIENT}class Job:\n    def __init__(self, client: VCenter):\n        self._vc = client\n\n"
        "    @property\n    def cluster(self):\n        return self._vc.vcha.cluster\n\n"
        "    def go(self):\n        self.cluster.failover(planned=True)  # !\n        self.failover(planned=True)\n\n"
        "    def failover(self, planned):\n        pass\n\n\nJob(vc).failover(planned=True)\n",
    ),
    "a function that makes the client": (
        REASON,
        f"{CLIENT}def connect():\n    return VCenter('h', username='u', password='p')\n\n\ndef go(client):\n"
        "    client.vcha.cluster.failover(planned=True)  # !\n\n\ngo(connect())\n",
    ),
    "a subclass of the client": (
        REASON,
        "from vcenter_vcha import VCenter\n\n\nclass Mine(VCenter):\n    def go(self):\n"
        "        self.vcha.cluster.failover(planned=True)  # !\n\n\n"
        "Mine('h').vcha.cluster.failover(planned=False)  # !\n",
    ),
    "an argument that is there already": (
        REASON,
        f"{CLIENT}vc.vcha.cluster.failover(planned=True, reason='x')\nvc.vcha.cluster.failover(planned=True)  # !\n",
    ),
    "partial": (
        REASON,
        f"from functools import partial\n{CLIENT}go = partial(vc.vcha.cluster.failover, planned=True)\n"
        "go(reason='x')\n",
    ),
    "in a thread": (
        REASON,
        f"import asyncio\n{CLIENT}async def go():\n"
        "    await asyncio.to_thread(vc.vcha.cluster.failover, planned=True)  # !\n",
    ),
    "raw": (REASON, f"{CLIENT}vc.with_raw_response(vc.vcha.cluster.failover)(planned=True)  # !\n"),
    "lists and maps": (
        REASON,
        f"{CLIENT}clients = {{'a': vc}}\nfor name, each in clients.items():\n"
        "    each.vcha.cluster.failover(planned=True)  # !\n"
        "[c.vcha.cluster.failover(planned=True) for c in [vc]]  # !\n"
        "clients['a'].vcha.cluster.failover(planned=True)  # !\n",
    ),
    "another keyword of it": (
        PLANNED,
        f"{CLIENT}vc.vcha.cluster.failover(planned=True)  # !\nprint(vc.vcha.cluster.get(), planned := True)\n",
    ),
    "a member": (
        MEMBER,
        "from vcenter_vcha.models import VchaClusterModeClusterMode as Mode\nfrom vcenter_vcha import models\n"
        "print(Mode.ENABLED)\nprint(Mode.DISABLED)  # !\nprint(models.VchaClusterModeClusterMode.DISABLED)  # !\n"
        "class Other:\n    DISABLED = 1\n\n\nprint(Other.DISABLED)\n",
    ),
    "a text for a member": (
        MEMBER,
        f"{CLIENT}vc.vcha.cluster.mode.set(mode='DISABLED')  # !\nvc.vcha.cluster.mode.set(mode='ENABLED')\n"
        "vc.vcha.cluster.mode.set(\n    mode='DISABLED',  # !\n)\n",
    ),
    "a field": (
        HEALTH,
        f"{CLIENT}info = vc.vcha.cluster.get()\nprint(info.health_state)  # !\nprint(info.mode)\n"
        "name = 'health_state'\nprint(getattr(info, name))  # !\nfor each in ('mode', 'config_state'):\n"
        "    print(getattr(info, each))\n",
    ),
    "a field of a match": (
        HEALTH,
        f"{CLIENT}from vcenter_vcha.models import VchaClusterInfo\nmatch vc.vcha.cluster.get():\n"
        "    case VchaClusterInfo(health_state=found):  # !\n        print(found)\n",
    ),
    "a model that is made": (
        HEALTH,
        "from vcenter_vcha.models import VchaClusterInfo\nVchaClusterInfo(health_state=None)  # !\nVchaClusterInfo()\n",
    ),
    "by name": (
        REASON,
        f"{CLIENT}from operator import attrgetter, methodcaller\nimport operator\n"
        "getattr(vc.vcha.cluster, 'failover')(planned=True)  # !\n"
        "attrgetter('vcha.cluster')(vc).failover(planned=True)  # !\n"
        "operator.methodcaller('failover', planned=True)(vc.vcha.cluster)  # !\nmethodcaller('get')(vc.vcha.cluster)\n",
    ),
    "an attribute by name": (
        HEALTH,
        f"{CLIENT}info = vc.vcha.cluster.get()\nhasattr(info, 'health_state')  # !\n"
        "setattr(info, 'health_state', 1)  # !\n"
        "hasattr(info, 'mode')\n",
    ),
    "a fixture": (
        REASON,
        "import pytest\nfrom vcenter_vcha import VCenter\n\n@pytest.fixture\ndef client():\n"
        "    with VCenter('h', username='u', password='p') as vc:\n        yield vc\n\n"
        "@pytest.fixture(name='cluster')\n"
        "def made(client):\n    return client.vcha.cluster\n\ndef test_it(client, cluster):\n"
        "    client.vcha.cluster.failover(planned=True)  # !\n    cluster.failover(planned=True)  # !\n"
        "    cluster.get()\n",
    ),
    "a default": (
        REASON,
        f"{CLIENT}def go(client=vc, *, other=vc):\n    client.vcha.cluster.failover(planned=True)  # !\n"
        "    other.vcha.cluster.failover(planned=True)  # !\n",
    ),
    "a name of the module": (
        REASON,
        f"{CLIENT}cluster = None\n\ndef begin():\n    global cluster\n    cluster = vc.vcha.cluster\n\n"
        "def outer():\n    mine = None\n    def inner():\n        nonlocal mine\n        mine = vc.vcha.cluster\n"
        "    inner()\n    mine.failover(planned=True)  # !\n\ndef go():\n    cluster.failover(planned=True)  # !\n",
    ),
    "from the environment": (
        REASON,
        "from vcenter_vcha import VCenter as V\nwith V.from_env() as vc:\n"
        "    vc.vcha.cluster.failover(planned=True)  # !\n",
    ),
    "keywords in a map": (
        PLANNED,
        f"{CLIENT}vc.vcha.cluster.failover(**{{'planned': True}})  # !\n"
        "vc.vcha.cluster.failover(**dict(planned=True))  # !\n",
    ),
    "keywords in a map that are enough": (
        REASON,
        f"{CLIENT}vc.vcha.cluster.failover(**{{'planned': True, 'reason': 'x'}})\n"
        "vc.vcha.cluster.failover(**{'planned': True})  # !\n",
    ),
    "a member by name": (
        MEMBER,
        "from vcenter_vcha.models import VchaClusterModeClusterMode as Mode\nMode['DISABLED']  # !\nMode['ENABLED']\n",
    ),
    "nothing of it": (
        REASON,
        "class Cluster:\n    def failover(self, planned):\n        pass\n\n\nCluster().failover(planned=True)\n",
    ),
}


@pytest.fixture
def staged(tmp_path):
    def make(*replacements, side="new"):
        for name in ("old", "new"):
            shutil.copytree(SPEC, tmp_path / name, dirs_exist_ok=True)
        file = tmp_path / side / "vcha.yaml"
        text = file.read_text()
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        file.write_text(text)
        return [str(tmp_path / "new/vcha.yaml"), "--old", str(tmp_path / "old/vcha.yaml")]

    return make


def run(capsys, new, *arguments):
    status = main(["affected", new[0], *map(str, arguments), *new[1:], "--json"])
    return status, json.loads(capsys.readouterr().out)


@pytest.mark.slow
@pytest.mark.parametrize("name", PROGRAMS)
def test_the_lines_are_those_that_break(name, staged, tmp_path, capsys):
    replacement, text = PROGRAMS[name]
    program = tmp_path / "program.py"
    program.write_text(text)
    expected = [number for number, line in enumerate(text.splitlines(), 1) if line.endswith("# !")]
    status, found = run(capsys, staged(replacement), program)
    assert [place["line"] for place in found["places"]] == expected
    assert status == (1 if expected else 0)
    assert found["not_followed"] == []
    for place in found["places"]:
        assert place["level"] == "breaking"
        assert place["message"]
        assert place["cause"]
        assert place["file"] == program.as_posix()


def test_an_exception_that_is_gone(staged, tmp_path, capsys):
    text = (
        "import vcenter_vcha\nfrom vcenter_vcha import NotFound, NotNow  # !\n\ntry:\n    pass\n"
        "except (NotNow, NotFound) as error:  # !\n    print(error.status)\n"
        "except vcenter_vcha.errors.NotNow:  # !\n    pass\nexcept vcenter_vcha.NotFound:\n    pass\n"
        "class Mine(vcenter_vcha.NotNow):  # !\n    pass\n"
    )
    program = tmp_path / "program.py"
    program.write_text(text)
    status, found = run(capsys, staged(("- NOT_FOUND\n", "- NOT_FOUND\n        - NOT_NOW\n"), side="old"), program)
    expected = [number for number, line in enumerate(text.splitlines(), 1) if line.endswith("# !")]
    assert (status, [place["line"] for place in found["places"]]) == (1, expected)


def test_what_is_less_than_breaking_is_shown_if_asked_for(staged, tmp_path, capsys):
    program = tmp_path / "program.py"
    program.write_text(f"{CLIENT}vc.vcha.cluster.mode.get().mode\n")
    new = staged(("enum: [ENABLED, DISABLED, MAINTENANCE]", "enum: [ENABLED, DISABLED, MAINTENANCE, PAUSED]"))
    assert run(capsys, new, program)[1]["places"] == []
    status, found = run(capsys, new, program, "--show", "risky")
    assert status == 0
    assert [(place["line"], place["level"]) for place in found["places"]] == [(4, "risky")]
    assert run(capsys, new, program, "--fail-on", "risky")[0] == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("def go(client):\n    client.vcha.cluster.failover(planned=True)\n", "failover"),
        ("def go(options):\n    vc.vcha.cluster.failover(planned=True, **options)\n", "reason"),
        ("options = {}\noptions.update(input())\nvc.vcha.cluster.failover(**options)\n", "reason"),
        ("options = {}\noptions |= input()\nvc.vcha.cluster.failover(**options)\n", "reason"),
        ("options = {**globals()}\nvc.vcha.cluster.failover(**options)\n", "reason"),
        ("from elsewhere import client\nclient.vcha.cluster.failover(planned=True)\n", "failover"),
        ("getattr(vc.vcha.cluster, input())(planned=True)\n", ""),
    ],
)
def test_what_cannot_be_followed_is_said(text, name, staged, tmp_path, capsys):
    program = tmp_path / "program.py"
    program.write_text(CLIENT + text)
    status, found = run(capsys, staged(REASON), program)
    assert (status, found["places"]) == (0, [])
    assert [each["name"] for each in found["not_followed"]] == [name]


def test_files_of_a_program_know_each_other(staged, tmp_path, capsys):
    folder = tmp_path / "job"
    (folder / "inner").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "inner/__init__.py").write_text("from ..connecting import connect\n")
    (folder / "connecting.py").write_text(f"{CLIENT}def connect():\n    return vc\n")
    (folder / "work.py").write_text(
        "from job.inner import connect as c\nimport job.connecting\n\nc().vcha.cluster.failover(planned=True)\n"
        "def later(client):\n    client.vcha.cluster.failover(planned=True)\n"
    )
    (folder / "more.py").write_text("from .work import later\nfrom .connecting import *\n\nlater(vc)\n")
    _, found = run(capsys, staged(REASON), folder)
    assert [(Path(place["file"]).name, place["line"]) for place in found["places"]] == [("work.py", 4), ("work.py", 6)]
    assert found["not_followed"] == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("def (:\n", "program.py:1:5: error: this is no Python that can be read"),
        (None, "program.py: error: there is no such file or folder [no-python]"),
    ],
)
def test_what_is_no_program_is_refused(content, says, staged, tmp_path, capsys):
    program = tmp_path / "program.py"
    if content is not None:
        program.write_text(content)
    new = staged(REASON)
    assert main(["affected", new[0], str(program), *new[1:]]) == 2
    assert says in capsys.readouterr().err


def test_the_demo_and_the_examples(staged, tmp_path, capsys):
    changes = (REASON, MEMBER, HEALTH)
    wanted = ("failover(planned=", "ClusterMode.DISABLED", "health_state", ".node2")
    status, found = run(capsys, staged(*changes), ROOT / "demo", ROOT / "examples")
    calls = ROOT / "demo/calls.py"
    expected = [
        number for number, line in enumerate(calls.read_text().splitlines(), 1) if any(text in line for text in wanted)
    ]
    assert status == 1
    assert [(place["file"], place["line"]) for place in found["places"]] == [(calls.as_posix(), n) for n in expected]
    assert len(expected) >= 5
    assert found["not_followed"] == []


@pytest.mark.slow
@pytest.mark.parametrize("released", [True, False])
def test_without_the_old_description_the_package_tells(released, staged, tmp_path, capsys, monkeypatch):
    new = staged(REASON)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(tmp_path / "old", tmp_path / "spec")
    command = ["release"] if released else ["generate", "spec/vcha.yaml", "-o", "generated"]
    assert main(command) == 0
    program = tmp_path / "program.py"
    program.write_text(f"{CLIENT}vc.vcha.cluster.failover(planned=True)\n")
    capsys.readouterr()
    assert main(["affected", new[0], "program.py"]) == 1
    printed = capsys.readouterr().out
    assert "program.py:4:17: breaking: " in printed
    assert printed.endswith("1 line is touched.\n")
    assert main(["affected", new[0], "program.py", "-o", "elsewhere"]) == 2
    assert "[no-package]" in capsys.readouterr().err
