"""Emits the contract distribution: pytest modules a person can read, the plugin, the bundled description."""

from __future__ import annotations

import functools
import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, Literal, NamedTuple

import msgspec

from vcsdk.config.model import Config
from vcsdk.copied import suite
from vcsdk.copied.suite import addresses
from vcsdk.copied.suite.operations import Catalogue
from vcsdk.copied.suite.sources import Source
from vcsdk.emitters.contract import listings
from vcsdk.emitters.contract.facts import facts
from vcsdk.emitters.contract.fitting import Fitting
from vcsdk.emitters.contract.given import given, with_given
from vcsdk.emitters.contract.life_views import life_views, probes_of, source_of
from vcsdk.emitters.contract.listed import sources_of
from vcsdk.emitters.contract.listings import listing_views
from vcsdk.emitters.contract.lives import lives
from vcsdk.emitters.contract.methods import foreign_methods
from vcsdk.emitters.contract.singletons import singleton_views, singletons
from vcsdk.emitters.contract.undoings import undoings
from vcsdk.emitters.contract.unsendable import unsendable
from vcsdk.emitters.contract.views import OperationView, free_name, operation_view, rules_of
from vcsdk.emitters.file import File
from vcsdk.emitters.filters import reflow
from vcsdk.emitters.metadata import shown
from vcsdk.emitters.render import render
from vcsdk.emitters.reuse import FRESH, Texts
from vcsdk.ir import Api, Operation, Role
from vcsdk.load import Document
from vcsdk.load.grammar import put
from vcsdk.load.pointer import find, join, last, split
from vcsdk.normalize.views import vendor_keys, vendor_view

_CLASSIFIERS = (
    "Development Status :: 4 - Beta",
    "Framework :: Pytest",
    "Intended Audience :: Developers",
    "Topic :: Software Development :: Testing",
)
_READING = {"return_all", "exclude_result"}
_SUITE = Path(suite.__file__).parent


def catalogue_of(api: Api, document: Document, values: Mapping[str, str] = {}) -> Catalogue:
    """The operations of a description as its contract package knows them; `values` as of `contract.values`."""
    has = given(api, values)
    return _catalogue(with_given(api, has), document, has.pointers(_pointers(api, document)), Fitting(document.data))


def _catalogue(api: Api, document: Document, pointers: dict[str, str], fitting: Fitting) -> Catalogue:
    catalogue = facts(api, pointers, document.data, fitting)
    catalogue = replace(catalogue, lives=lives(api, catalogue, document.data))
    return replace(catalogue, singletons=singletons(api, catalogue), undoings=undoings(api, catalogue))


def emit(api: Api, config: Config, document: Document, texts: Texts = FRESH) -> list[File]:
    """Every file of the contract distribution (`vcenter-vcha-contract`)."""
    has, places = given(api, config.contract_values), _pointers(api, document)
    description = _with_required_bodies(document.contract_view or vendor_view(document), api, places)
    if has:
        api, description = with_given(api, has), has.description(description, places)
    pointers = has.pointers(places)
    fitting = Fitting(document.data)
    catalogue = _catalogue(api, document, pointers, fitting)
    title = api.title or config.package.distribution
    views = life_views(api, catalogue)
    sequences = _sequences(api, catalogue)
    if lists := listing_views(api, catalogue):
        sequences["lists"] = render("contract/lists.py.jinja", views=lists, probes=listings.probes_of(lists))
    if views:
        sequences["lifecycles"] = render("contract/lifecycles.py.jinja", lives=views, probes=probes_of(views))
    if alone := singleton_views(catalogue):
        sequences["singletons"] = render("contract/singletons.py.jinja", singletons=alone)
    add = functools.partial(_file, config)
    module = _module(config)
    if document.undescribed:
        description = {**description, "paths": {**description.get("paths", {}), **document.undescribed}}
    # In one piece: it is the largest text there is.
    bundle = (msgspec.json.format(msgspec.json.encode(description), indent=1) + b"\n").decode()
    shared: dict[str, Any] = {
        "title": title,
        "module": module,
        "distribution": _distribution(config),
        "catalogue": catalogue,
    }
    files = [
        _text(config, "pyproject.toml", _pyproject(config, document, title, module)),
        _text(
            config,
            "README.md",
            render("contract/readme.md.jinja", **shared, sequences=[name.replace("_", " ") for name in sequences]),
        ),
        add("__init__.py", render("contract/init.py.jinja", doc=reflow(f"Contract tests for {title}."))),
        add("conftest.py", render("contract/conftest.py.jinja", module=module)),
        add("plugin.py", render("contract/plugin.py.jinja", **shared)),
        add(
            "operations.py",
            render(
                "contract/operations.py.jinja",
                doc=reflow(f"The operations of {title}: where each is, and what it can do to a target."),
                catalogue=catalogue,
                lives=views,
                singletons=alone,
                undoings=[source_of(each) for each in catalogue.undoings],
            ),
        ),
        # A description without operations (webhooks, schemas alone) has nothing to exercise: the plugin says so.
        *([add("test_fuzz.py", render("contract/fuzz.py.jinja"))] if catalogue.operations else []),
        add("openapi.json", bundle, "text"),
        add("py.typed", "", "text"),
    ]
    files += [add(f"test_{name}.py", text) for name, text in sequences.items()]
    files += _resources(api, catalogue, config, fitting, texts, taken={"fuzz", *sequences})
    for path in sorted(_SUITE.rglob("*.py")):
        files.append(add(f"_suite/{path.relative_to(_SUITE).as_posix()}", path.read_text(encoding="utf-8")))
    return files


def _resources(
    api: Api, catalogue: Catalogue, config: Config, fitting: Fitting, texts: Texts, taken: set[str]
) -> list[File]:
    groups: dict[tuple[str, ...], list[Operation]] = defaultdict(list)
    for operation in api.operations:
        groups[operation.resource].append(operation)
    covered = _covered(catalogue)
    shown = sources_of(api, catalogue)
    known = hashlib.sha256(repr((catalogue, shown)).encode()).digest()
    tested: set[str] = set()
    files = []
    for resource, operations in sorted(groups.items()):
        fresh = [o for o in operations if o.path not in tested]
        tested |= {o.path for o in fresh}
        name = free_name("_".join(resource) or "root", taken)
        made = functools.partial(_resource, api, catalogue, covered, fitting, shown, operations, fresh)
        bodies = fitting.digest(operations)
        text = texts.text(f"contract {name}", operations, made, known, [o.key for o in fresh], bodies)
        none = functools.partial(_unsent, api, fitting, operations)
        unsent = msgspec.json.decode(texts.text(f"unsent {name}", operations, none, bodies), type=tuple[str, ...])
        files.append(msgspec.structs.replace(_file(config, f"test_{name}.py", text), unsent=unsent))
    return files


def _unsent(api: Api, fitting: Fitting, operations: list[Operation]) -> str:
    return msgspec.json.encode([*unsendable(operations, api.schemas, fitting)]).decode()


def _resource(
    api: Api,
    catalogue: Catalogue,
    covered: frozenset[str],
    fitting: Fitting,
    shown: Mapping[str, tuple[Source, ...]],
    operations: list[Operation],
    fresh: list[Operation],
) -> str:
    classes = {"TestOtherMethods"}
    distinct = [o for o in operations if (fact := catalogue.named(o.python_path)) is None or not fact.indistinct]
    views = [
        msgspec.structs.replace(
            operation_view(api, catalogue, operation, covered, classes, fitting),
            sources=shown.get(operation.python_path, ()),
        )
        for operation in distinct
    ]
    methods = foreign_methods(catalogue, fresh, api.schemas)
    return render(
        "contract/resource.py.jinja",
        doc=reflow(f"{'.'.join(operations[0].resource) or 'The root'}: each operation on its own."),
        imports=_imports(views),
        operations=views,
        methods=methods,
        rules=rules_of(views, methods),
    )


def _imports(views: list[OperationView]) -> list[str]:
    names = {"Target"}
    for view in views:
        for rows in (view.good_bodies if view.positive else None, view.bad_bodies):
            names |= rows.names if rows is not None else set()
        names |= view.expectations
        names |= {"Source"} if view.sources else set()
    if any((view.reads or view.attempts) and view.sent == "ABSENT" for view in views):
        names.add("ABSENT")
    return sorted(names, key=lambda name: (not name.isupper(), name))


def _unknown(catalogue: Catalogue) -> str:
    """A path that no operation stands at; one like `/{name}` takes any that is as long."""
    path = "/no-such-path-of-this-api"
    while any(operation.stands_at(path) for operation in catalogue.operations):
        path += "/and-none-below-it"
    return path


def _sequences(api: Api, catalogue: Catalogue) -> dict[str, str]:
    """The modules that show several operations together, by name, for the conventions the API follows."""
    made: dict[str, str] = {}
    if not catalogue.operations:
        return made
    create, get, delete = (api.with_role(role) for role in (Role.SESSION_CREATE, Role.SESSION_GET, Role.SESSION_DELETE))
    if create is not None and catalogue.session_header:
        made["sign_in_and_out"] = render(
            "contract/sessions.py.jinja",
            create=create,
            get=get,
            delete=delete,
            session=_request(get),
            header=catalogue.session_header,
            success=_status(create, 201),
            deleted=_status(delete, 204) if delete is not None else 204,
        )
    made["http"] = render(
        "contract/http.py.jinja",
        unknown=_unknown(catalogue),
        path=next(iter(catalogue.operations)).path.partition("{")[0],
        header=catalogue.session_header,
        session=_request(get) if catalogue.error_schema and catalogue.session_header else None,
    )
    set_mode = _at(catalogue, "PUT", addresses.SET_MODE)
    if (
        set_mode
        and _at(catalogue, "GET", addresses.MODE)
        and _at(catalogue, "POST", addresses.CLUSTER)
        and api.playing(Role.TASK_GET) is not None
    ):
        task, cancel = api.with_role(Role.TASK_GET), api.with_role(Role.TASK_CANCEL)
        # Older descriptions spell the options of a reading otherwise, and a task's error too.
        if task is not None and {parameter.wire_name for parameter in task.parameters} >= _READING:
            made["task_life"] = render(
                "contract/tasks.py.jinja",
                get=task,
                cancel=cancel,
                cancelled=_status(cancel, 204) if cancel is not None else 204,
                set_mode=set_mode,
            )
        made["mode_changes"] = render(
            "contract/mode.py.jinja",
            set_mode=set_mode,
            request_line=f"PUT {addresses.below_prefix(catalogue, addresses.SET_MODE)}",
        )
        failover = _at(catalogue, "POST", addresses.FAILOVER)
        session = api.playing(Role.SESSION_GET)
        if failover and session is not None:
            made["failover"] = render(
                "contract/failover.py.jinja",
                failover=failover,
                set_mode=set_mode,
                session=_request(session),
                request_line=f"POST {addresses.below_prefix(catalogue, addresses.FAILOVER)}",
            )
    cluster = _at(catalogue, "POST", addresses.CLUSTER)
    if cluster and _at(catalogue, "GET", addresses.MODE) and _at(catalogue, "GET", addresses.OPERATIONS):
        made["cluster_state"] = render(
            "contract/cluster.py.jinja",
            cluster=cluster,
            failover=_at(catalogue, "POST", addresses.FAILOVER) if set_mode else "",
            set_mode=set_mode,
            request_line=f"POST {addresses.below_prefix(catalogue, addresses.CLUSTER)}",
        )
    return made


class _Request(NamedTuple):
    """A method and an address, the constants of the query in it."""

    method: str
    address: str


def _request(operation: Operation | None) -> _Request | None:
    if operation is None:
        return None
    return _Request(operation.method, operation.request_line.partition(" ")[2])


def _covered(catalogue: Catalogue) -> frozenset[str]:
    """The operations of vCenter HA whose success depends on its state, so that a mere example shows nothing."""
    return frozenset((_at(catalogue, "PUT", addresses.SET_MODE), _at(catalogue, "POST", addresses.FAILOVER)))


def _at(catalogue: Catalogue, method: str, address: str) -> str:
    operation = addresses.operation(catalogue, method, address)
    return operation.name if operation is not None else ""


def _status(operation: Operation, usual: int) -> int:
    success = operation.success
    return int(success.status) if success is not None and success.status.isdecimal() else usual


def _pointers(api: Api, document: Document) -> dict[str, str]:
    """From an operation's key to its place in the bundle, where the query is back in the path key."""
    pointers, keys = {}, vendor_keys(document) if document.vendor_paths else {}
    for operation in (*api.operations, *api.undescribed):
        _, key, *tokens = split(operation.key.removeprefix("#"))
        pointers[operation.key] = "#" + join("/paths", keys.get(key, key), *tokens)
    return pointers


def _with_required_bodies(description: dict[str, Any], api: Api, pointers: dict[str, str]) -> dict[str, Any]:
    """The description with the bodies marked that are required and not said to be, so that no test leaves them out."""
    paths = {**description.get("paths", {})}
    for operation in api.operations:
        if operation.body is None or not operation.body.required or not operation.body.silent:
            continue
        _, key, *tokens = split(pointers[operation.key].removeprefix("#"))
        node = find(paths[key], join("", *tokens))
        body = node["requestBody"]
        if "$ref" in body:
            body = description["components"]["requestBodies"][last(body["$ref"])]
        paths[key] = put(paths[key], tokens, {**node, "requestBody": {**body, "required": True}})
    return {**description, "paths": paths} if paths else description


def _pyproject(config: Config, document: Document, title: str, module: str) -> str:
    return render(
        "contract/pyproject.toml.jinja",
        distribution=_distribution(config),
        version=config.package.version,
        about=shown(config, document, f"Contract tests for {title}", _CLASSIFIERS),
        entry=_distribution(config),
        module=module,
        # Both are released together; an older client may not know what this suite tests.
        client=f"{config.package.distribution}>={config.package.version}",
    )


def _distribution(config: Config) -> str:
    return f"{config.package.distribution}-contract"


def _module(config: Config) -> str:
    return f"{config.package.module}_contract"


def _file(config: Config, name: str, content: str, kind: Literal["python", "text"] | None = None) -> File:
    path = PurePosixPath("src", _module(config), name)
    return File(path, content, kind or ("python" if name.endswith(".py") else "text"), _distribution(config))


def _text(config: Config, name: str, content: str) -> File:
    return File(PurePosixPath(name), content, "text", _distribution(config))
