"""Emits the package itself: `__init__.py`, `client.py`, `errors.py` and `resources/`."""

from __future__ import annotations

from vcsdk.config.model import Config
from vcsdk.emitters.carried import TASK_ERRORS, carries_tasks
from vcsdk.emitters.client.construction import construction, has_own
from vcsdk.emitters.client.environment import env_prefix, environment, is_authenticated
from vcsdk.emitters.client.errors import RUNTIME_ERRORS, base_class, status_classes
from vcsdk.emitters.client.grants import grants
from vcsdk.emitters.client.resources import Tree, child_views, emit_resources
from vcsdk.emitters.client.security import spelled
from vcsdk.emitters.client.views import ClientView, ErrorsView, ErrorView, TaskView
from vcsdk.emitters.client.webhooks import module_text
from vcsdk.emitters.file import File, module_file
from vcsdk.emitters.filters import identifier, python_literal, reflow
from vcsdk.emitters.imports import Imports, member_order
from vcsdk.emitters.lazy import package
from vcsdk.emitters.prose import closed, one_line
from vcsdk.emitters.render import render
from vcsdk.emitters.reuse import FRESH, Texts
from vcsdk.ir import Api, Operation, Role, SecurityScheme, ServerVariable
from vcsdk.ir.operations import asked_for
from vcsdk.ir.vapi import is_enveloped
from vcsdk.load import Document

# What the paths of VMware's current API start with (vSphere Automation API, "REST").
_STANDING = ("hooks", "tracing")
"""Modules that are the same in all packages: what not every program needs."""
_RUNTIME = ("RawResponse", "Redirects", "Retries", "Secret", "Upload")
_TASKS = ("AsyncTask", "Task")


def emit(api: Api, config: Config, document: Document, texts: Texts = FRESH) -> list[File]:  # noqa: ARG001  every emitter is called alike
    """The call tree, the client over it, and the exception family."""
    tree = Tree.of(api)
    errors = errors_view(api)
    exports = package_exports(api, config, errors)
    doc = f"Client for {one_line(api.title) or config.package.distribution}, version {one_line(api.version)}."
    webhooks = ("webhooks",) if api.webhooks else ()
    init = package(
        doc, exports, submodules=sorted(("errors", "models", *_STANDING, *webhooks)), version=config.package.version
    )
    return [
        module_file(config, "__init__", init),
        module_file(
            config, "client", render("client/client.py.jinja", client=client_view(api, config, tree), errors=errors)
        ),
        module_file(config, "errors", render("client/errors.py.jinja", errors=errors)),
        module_file(config, "__main__", render("client/main.py.jinja", package=config.package)),
        module_file(config, "testing", render("client/testing.py.jinja", package=config.package)),
        *(module_file(config, name, render(f"client/{name}.py.jinja", package=config.package)) for name in _STANDING),
        *(module_file(config, name, module_text(api)) for name in webhooks),
        *emit_resources(api, config, tree, texts),
    ]


def package_exports(api: Api, config: Config, errors: ErrorsView) -> list[tuple[str, str]]:
    """The names that the package itself offers, each with the module that has it.

    What the description calls like something of the runtime is what the package offers under that name.
    """
    client = config.package.client
    offered = dict.fromkeys((*_RUNTIME, *(_TASKS if carries_tasks(api) else ())), "_runtime")
    if has_own(api) and any(scheme.kind == "bearer" and scheme.keywords for scheme in api.security_schemes.values()):
        offered["OAuth2"] = "_runtime"
    offered |= {name: "errors" for name in errors.names if name != "FAMILY"}
    offered |= dict.fromkeys((client, f"Async{client}"), "client")
    return list(offered.items())


def client_view(api: Api, config: Config, tree: Tree) -> ClientView:
    """The client class, its facts and its root resources."""
    name = identifier(config.package.client)
    root = api.resources.get(())
    children = child_views(api, root.children if root is not None else (), {name, f"Async{name}", "ApiFacts"})
    classes = {alias for child in children for alias in (child.alias, child.async_alias)}
    imports = Imports("client", taken={name, f"Async{name}", *classes})
    tasks = tuple(
        TaskView(o.python_path, api.resources[o.resource].module, tree.constants[o.key])
        for o in api.operations
        if o.task
    )
    facts = [*_facts(api, tree, imports), *_environment_facts(api, config)]
    for symbol in ("ApiFacts", *(["Operation"] if tasks else [])):
        imports.runtime(symbol)
    for symbol in ("AsyncClient", "Client"):
        imports.own("_runtime.tasking" if carries_tasks(api) else "_runtime", symbol)
    imports.use("functools", "cache")
    built = construction(api, imports, {child.name for child in children})
    by_environment = environment(api, config, imports, {child.name for child in children})
    if children:
        imports.use("functools", "cached_property")
    if children or built is not None or by_environment is not None:
        imports.use("typing", "TYPE_CHECKING")
    if tasks:
        imports.use("importlib", "import_module")
    modules = sorted({api.resources[o.resource].module.removeprefix("resources.") for o in _role_operations(api)})
    conventions = [
        name
        for name, role in (("session_facts", Role.SESSION_CREATE), ("task_facts", Role.TASK_GET))
        if api.with_role(role) is None and api.playing(role) is not None
    ]
    fact_imports = [f"from ._runtime.vapi.conventions import {', '.join(conventions)}"] if conventions else []
    fact_imports += ["from .errors import FAMILY, VapiError"] if api.error_types else []
    fact_imports += [f"from .resources import {', '.join(modules)}"] if modules else []
    title = one_line(api.title) or name
    description = reflow(api.description)
    usage = "Close it with `close()`, or use it in a `with` statement."
    async_usage = "Close it with `await close()`, or use it in an `async with` statement."
    return ClientView(
        name,
        f"The client of {closed(title)}",
        "\n\n".join(part for part in (f"A client of {closed(title)}", description, usage) if part),
        "\n\n".join((f"`{name}` for asyncio: the same calls, awaited.", async_usage)),
        tuple(imports.lines()),
        tuple(fact_imports),
        tuple(facts),
        children,
        tasks,
        tuple(imports.lazy_lines()),
        built,
        by_environment,
    )


def _role_operations(api: Api) -> list[Operation]:
    return [o for o in (api.with_role(role) for role in Role) if o is not None]


def _facts(api: Api, tree: Tree, imports: Imports) -> list[str]:
    def constant(role: Role) -> str | None:
        operation = api.with_role(role)
        if operation is None:
            return None
        module = api.resources[operation.resource].module.removeprefix("resources.")
        return f"{module}.{tree.constants[operation.key]}"

    def roles(**names: Role) -> str:
        found = {name: constant(role) for name, role in names.items()}
        return ", ".join(f"{name}={value}" for name, value in found.items() if value is not None)

    rows = [f"servers={_servers(api, imports)}" if _says_more(api) else f"prefix={python_literal(api.prefix)}"]
    if constant(Role.SESSION_CREATE) is not None:
        parts = roles(create=Role.SESSION_CREATE, get=Role.SESSION_GET, delete=Role.SESSION_DELETE)
        header = python_literal(api.session_header)
        rows.append(f"session={imports.runtime('SessionFacts')}({parts}, header={header})")
    elif api.playing(Role.SESSION_CREATE) is not None:
        rows.append(f"session=session_facts({_undescribed(api, Role.SESSION_CREATE)})")
    if constant(Role.TASK_GET) is not None:
        parts = roles(get=Role.TASK_GET, cancel=Role.TASK_CANCEL)
        rows.append(f"tasks={imports.runtime('TaskFacts')}({parts})")
    elif api.playing(Role.TASK_GET) is not None:
        rows.append(f"tasks=task_facts({_undescribed(api, Role.TASK_GET)})")
    if api.error_types:
        rows.append(f"errors={imports.runtime('ErrorFacts')}(family=FAMILY, base=VapiError)")
    schemes = [
        f"{python_literal(scheme.key)}: {_scheme(api, scheme, imports)}"
        for scheme in api.security_schemes.values()
        if api.profile == "vapi" or scheme.key in asked_for(api.operations)
    ]
    if schemes:
        rows.append("security={" + ", ".join(schemes) + "}")
    if any(operation.task for operation in api.operations):
        rows.append("find=_find")
    return rows


def _environment_facts(api: Api, config: Config) -> list[str]:
    rows = [f"env_prefix={python_literal(env_prefix(config))}"]
    return [*rows, "authenticated=True"] if is_authenticated(api) else rows


def _says_more(api: Api) -> bool:
    """Whether a prefix is not all that is known of where the API is."""
    return api.server.is_absolute or bool(api.server.variables) or len(api.servers) > 1


def _servers(api: Api, imports: Imports) -> str:
    rows = []
    for key, server in api.servers.items():
        variables = ", ".join(
            f"{python_literal(v.name)}: {imports.runtime('Variable')}({', '.join(_variable(v))})"
            for v in server.variables
        )
        told = f", {{{variables}}}" if variables else ""
        rows.append(f"{python_literal(key)}: {imports.runtime('Server')}({python_literal(server.url)}{told})")
    return "{" + ", ".join(rows) + "}"


def _variable(variable: ServerVariable) -> list[str]:
    rows = [python_literal(variable.keyword)]
    if variable.default is not None:
        rows.append(python_literal(variable.default))
    return [*rows, f"enum={spelled(variable.enum)}"] if variable.enum else rows


def _scheme(api: Api, scheme: SecurityScheme, imports: Imports) -> str:
    rows = [python_literal(value) for value in (scheme.kind, scheme.wire_name) if value]
    if scheme.keywords not in ((), ("username", "password") if scheme.kind == "basic" else ("token",)):
        rows.append(f"keywords={spelled(scheme.keywords)}")
    if scheme.token_url and scheme.keywords:
        rows.append(f"token_url={python_literal(scheme.token_url)}")
    if named := grants(api, scheme):
        rows.append(f"grants={spelled(named)}")
    return f"{imports.runtime('SecurityFacts')}({', '.join(rows)})"


def _undescribed(api: Api, role: Role) -> str:
    """The arguments of the runtime's convention: where the operation is, and whether it has the older form."""
    operation = next(o for o in api.undescribed if o.role is role)
    path = python_literal(operation.path)
    return f"{path}, envelope=True" if is_enveloped(api.prefix, operation.path) else path


def errors_view(api: Api) -> ErrorsView:
    """The exception family: one class an error type, each also a class of its HTTP status."""
    base = base_class(api)
    classes = tuple(
        ErrorView(
            identifier(error.class_name),
            (base, *status_classes(error)),
            error.value,
            error.status,
            error.statuses,
            closed(error.description) or f"`{one_line(error.value)}`.",
        )
        for error in api.error_types
    )
    own = [error.name for error in classes]
    standing = {*RUNTIME_ERRORS} - (frozenset() if carries_tasks(api) else TASK_ERRORS)
    runtime = sorted({*standing, base} - set(own), key=member_order)
    names = sorted([*runtime, *own, *(["FAMILY"] if own else [])], key=member_order)
    return ErrorsView(_tree(base, classes), base, tuple(runtime), classes, tuple(names))


def _tree(base: str, classes: tuple[ErrorView, ...]) -> str:
    intro = "What can go wrong.  `_runtime/errors.py` draws the classes that every client has."
    if not classes:
        return intro
    width = max(len(error.name) for error in classes)
    rows = [
        f"{'└─' if error is classes[-1] else '├─'} {error.name:<{width}}  {_note(error)}".rstrip() for error in classes
    ]
    return "\n".join([f"{intro}  Errors that this API reports:", "", f"{base} (ApiError)", *rows])


def _note(error: ErrorView) -> str:
    if len(error.bases) < 2:
        return ""
    statuses = " or ".join(map(str, error.statuses))
    return f"{statuses}, also {' and '.join(error.bases[1:])}"
