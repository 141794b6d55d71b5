"""How a client is made: its target, and a keyword for each credential and for each variable of its servers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

import msgspec

from vcsdk.emitters.client.operations import hiding
from vcsdk.emitters.client.settings import hiding_settings, settings
from vcsdk.emitters.client.views import ConstructionView
from vcsdk.emitters.filters import identifier, python_literal
from vcsdk.emitters.imports import Imports
from vcsdk.emitters.prose import closed, one_line, section
from vcsdk.ir import Api, SecurityScheme, Server, ServerVariable

_INTRO = (
    "Sends nothing.  What is not told here is a setting, which `Client` explains: timeouts, TLS, proxies and the like."
)
_BASE_URL = (
    "Instead of a target: the whole address before the path of every operation, also where it has none"
    ' ("https://gw.example.com/api/v1").'
)
_WHAT = {
    "oauth2": "An OAuth 2.0 access token, or an `OAuth2` that gets them",
    "openIdConnect": "An access token of OpenID Connect",
}


class Keyword(msgspec.Struct, frozen=True):
    """An argument of the client: its annotation, its default or "", and what it is."""

    name: str
    annotation: str
    default: str
    doc: str

    @property
    def is_secret(self) -> bool:
        """Whether it takes what nobody may see."""
        return "SupportsReveal" in self.annotation

    @property
    def source(self) -> str:
        """As it stands in a signature."""
        return f"{self.name}: {self.annotation}" + (f" = {self.default}" if self.default else "")


def has_own(api: Api) -> bool:
    """Whether the client of an API takes other arguments than that of a vCenter: a target, and a session's."""
    return api.profile != "vapi"


def target_keyword(api: Api, imports: Imports, shadowed: Collection[str]) -> Keyword:
    """The argument `target`; None means what the description says."""
    text = imports.builtin("str", shadowed)
    servers = list(api.servers.values())
    main = api.server
    said = 'A host name (spoken to by https), or an address ("http://127.0.0.1:8080"); a path in it stands in place of'
    said += f" {_path(main)}."
    if not main.is_absolute:
        return Keyword("target", f"{text} | None", "None", f"{said} Needed, unless there is a `base_url`.")
    where = f" None means `{one_line(main.url)}`"
    others = [one_line(server.url) for server in servers[1:] if server.url]
    where += f", and for some operations {_listed([f'`{url}`' for url in others])}." if others else "."
    return Keyword("target", f"{text} | None", "None", said + where)


def base_url_keyword(api: Api, imports: Imports, shadowed: Collection[str]) -> Iterator[Keyword]:
    """The argument `base_url`, unless a variable of a server is called so: that says where the API is, too."""
    if "base_url" not in own_names(api):
        text = imports.builtin("str", shadowed)
        yield Keyword("base_url", f"{text} | None", "None", _BASE_URL)


def own_names(api: Api) -> frozenset[str]:
    """The arguments that are the API's own: of credentials and variables."""
    variables = (v.keyword for server in api.servers.values() for v in server.variables)
    return frozenset((*variables, *(name for scheme in api.security_schemes.values() for name in scheme.keywords)))


def _path(server: Server) -> str:
    return "the description's" if "{" in server.url or server.is_absolute else f"`{one_line(server.url) or '/'}`"


def credential_keywords(api: Api, imports: Imports, shadowed: Collection[str]) -> Iterator[Keyword]:
    """The arguments of the security schemes, in the order in which the description declares them."""
    for scheme in api.security_schemes.values():
        for place, name in enumerate(scheme.keywords):
            text = imports.builtin("str", shadowed)
            plain = scheme.kind == "basic" and place == 0
            secret = "" if plain else f" | {imports.own('_runtime', 'SupportsReveal', shadowed, lazy=True)}"
            if not plain:
                live = "SecretSource" if scheme.kind == "basic" else "Live"
                secret += f" | {imports.own('_runtime', live, shadowed, lazy=True)}"
            doc = _secret_doc(scheme) if scheme.kind != "basic" else _basic_doc(scheme, place)
            yield Keyword(identifier(name), f"{text}{secret} | None", "None", doc)


def _basic_doc(scheme: SecurityScheme, place: int) -> str:
    if place == 1:
        return f"The password of `{identifier(scheme.keywords[0])}`, or a function that is asked for it."
    return f"A user of HTTP Basic (`{one_line(scheme.key)}`). {closed(scheme.description)}".strip()


def credential_sent(scheme: SecurityScheme, quoted: Callable[[str], str] = lambda text: f"`{one_line(text)}`") -> str:
    """What the credential of a scheme is, and how it is sent, with no full stop; `quoted` writes names of the wire."""
    what = _WHAT.get(scheme.type, "A token" if scheme.kind in ("bearer", "http") else "An API key")
    how = {
        "bearer": "sent as `Authorization: Bearer`",
        "http": f"sent as {quoted(f'Authorization: {scheme.wire_name}')}",
        "header": f"sent as it is in the header {quoted(scheme.wire_name)}",
        "query": f"sent in the query as {quoted(scheme.wire_name)}",
        "cookie": f"sent in the cookie {quoted(scheme.wire_name)}",
    }[scheme.kind]
    return f"{what} ({quoted(scheme.key)}), {how}"


def _secret_doc(scheme: SecurityScheme) -> str:
    return f"{credential_sent(scheme)}. {closed(scheme.description)}".strip()


def variable_keywords(api: Api, imports: Imports, shadowed: Collection[str]) -> Iterator[Keyword]:
    """The arguments of the servers' variables; one that several servers have is one."""
    met: dict[str, list[ServerVariable]] = {}
    for server in api.servers.values():
        for variable in server.variables:
            met.setdefault(variable.name, []).append(variable)
    for variables in met.values():
        first = variables[0]
        values = dict.fromkeys(value for variable in variables for value in variable.enum)
        annotation = imports.builtin("str", shadowed)
        if all(variable.enum for variable in variables):
            annotation = f"{imports.use('typing', 'Literal', shadowed)}[{', '.join(map(python_literal, values))}]"
        defaults = dict.fromkeys(v.default for v in variables if v.default is not None)
        doc = closed(first.description) or f"What stands for `{{{one_line(first.name)}}}` in the address of the server."
        if defaults:
            doc += f" None means {_listed([f'`{one_line(text)}`' if text else 'nothing' for text in defaults])}."
        else:
            doc += " Needed where no target is given."
        yield Keyword(identifier(first.keyword), f"{annotation} | None", "None", doc)


def _listed(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} or {texts[-1]}"


def construction(api: Api, imports: Imports, shadowed: Collection[str]) -> ConstructionView | None:
    """The constructor of a client; None where it is the runtime's."""
    if not has_own(api):
        return None
    target = target_keyword(api, imports, shadowed)
    credentials = list(credential_keywords(api, imports, shadowed))
    variables = list(variable_keywords(api, imports, shadowed))
    base_url = list(base_url_keyword(api, imports, shadowed))
    own = (target, *base_url, *credentials, *variables)
    names = {v.name: identifier(v.keyword) for server in api.servers.values() for v in server.variables}
    taken = own_names(api)
    given, async_given = (tuple(settings(imports, shadowed, taken, asynchronous=each)) for each in (False, True))
    doc = "\n\n".join(
        (
            _INTRO,
            section("Args", [f"{keyword.name}: {keyword.doc}" for keyword in own]),
            section("Raises", ["ArgumentError: An argument cannot be used."]),
        )
    )
    return ConstructionView(
        parameters=(target.source, "*", *(keyword.source for keyword in own[1:])),
        settings=tuple(each.source for each in given),
        async_settings=tuple(each.source for each in async_given),
        passed=tuple(f"{each.name}={each.name}" for each in given),
        target=", ".join(("target", *(f"{keyword.name}={keyword.name}" for keyword in base_url))),
        hidden=(
            *(hiding(keyword.name, imports) for keyword in credentials if keyword.is_secret),
            *hiding_settings(imports, taken),
        ),
        credentials=", ".join(f"{python_literal(k.name)}: {k.name}" for k in credentials),
        variables=", ".join(f"{python_literal(name)}: {keyword}" for name, keyword in names.items()),
        doc=doc,
    )
