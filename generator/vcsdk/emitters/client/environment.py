"""How a client is made by variables of the environment: `from_env`, and the names that it reads."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from vcsdk.config.model import Config
from vcsdk.emitters.client.construction import (
    Keyword,
    base_url_keyword,
    credential_keywords,
    has_own,
    target_keyword,
    variable_keywords,
)
from vcsdk.emitters.client.grants import GRANTED, SECRET_GRANTED, grants
from vcsdk.emitters.client.operations import hiding
from vcsdk.emitters.client.security import security
from vcsdk.emitters.client.settings import from_environment, hiding_settings, settings
from vcsdk.emitters.client.views import EnvironmentView
from vcsdk.emitters.filters import identifier, python_literal
from vcsdk.emitters.imports import Imports, NoImports
from vcsdk.emitters.prose import section
from vcsdk.ir import Api, Role

METHOD = "from_env"
_INTRO = "A client by variables of the environment; what is given by keyword stands in place of them."
_FILES = "A variable with `_FILE` names a file with the secret in it."
_WRONG = "ArgumentError: A variable is missing, is empty, contradicts another or cannot be used; the message names it."


class EnvVariable(msgspec.Struct, frozen=True):
    """A variable of the environment, and the argument that it gives."""

    name: str
    argument: str


def variables(api: Api, config: Config) -> list[EnvVariable]:
    """What `from_env` reads, in the order of the constructor's arguments."""
    keywords = env_keywords(api, NoImports(), ())
    taken = {keyword.name for keyword in keywords}
    prefix = env_prefix(config)
    found = []
    for keyword in keywords:
        name = f"{prefix}_{keyword.name.upper()}"
        found.append(EnvVariable(name, keyword.name))
        if keyword.is_secret and f"{keyword.name}_file" not in taken:
            found.append(EnvVariable(f"{name}_FILE", keyword.name))
    for scheme in api.security_schemes.values():
        for part, given in zip(GRANTED, grants(api, scheme), strict=False):
            name = f"{prefix}_{given.upper()}"
            found.append(EnvVariable(name, given))
            if part in SECRET_GRANTED and f"{given}_file" not in taken:
                found.append(EnvVariable(f"{name}_FILE", given))
    return [*found, *(EnvVariable(f"{prefix}_{name.upper()}", name) for name in ("ca_bundle", "timeout"))]


def env_prefix(config: Config) -> str:
    """What the names of variables begin with: as configured, else the words of the package or the client's class."""
    package = config.package
    if package.env_prefix is not None:
        return package.env_prefix
    words = package.module.upper().strip("_")
    client = identifier(package.client).upper()
    return words if words.replace("_", "") == client else client


def env_keywords(api: Api, imports: Imports, shadowed: Collection[str]) -> list[Keyword]:
    """The arguments of a client that are its own, rather than settings."""
    own = (
        [*credential_keywords(api, imports, shadowed), *variable_keywords(api, imports, shadowed)]
        if has_own(api)
        else _session_keywords(imports, shadowed)
    )
    return [target_keyword(api, imports, shadowed), *base_url_keyword(api, imports, shadowed), *own]


def _session_keywords(imports: Imports, shadowed: Collection[str]) -> list[Keyword]:
    text = imports.builtin("str", shadowed)
    kinds = (imports.own("_runtime", name, shadowed, lazy=True) for name in ("SupportsReveal", "SecretSource"))
    secret = " | ".join((text, *kinds, "None"))
    return [
        Keyword("username", f"{text} | None", "None", ""),
        Keyword("password", secret, "None", ""),
        Keyword("token", secret, "None", ""),
    ]


def is_authenticated(api: Api) -> bool:
    """Whether every operation asks for credentials."""
    asked = [security(api, operation) for operation in api.operations if operation.role is not Role.SESSION_CREATE]
    return bool(asked) and all(needed != "none" and (isinstance(needed, str) or () not in needed) for needed in asked)


def environment(api: Api, config: Config, imports: Imports, shadowed: Collection[str]) -> EnvironmentView | None:
    """The class method; None where a resource was released under its name."""
    if METHOD in shadowed:
        return None
    keywords = env_keywords(api, imports, shadowed)
    names = {keyword.name for keyword in keywords}
    given, async_given = (
        [from_environment(each) for each in settings(imports, shadowed, names, asynchronous=asynchronous)]
        for asynchronous in (False, True)
    )
    first = "cls"
    while first in names:
        first += "_"
    every = (*(keyword.name for keyword in keywords), *(each.name for each in given))
    passed = [f"{python_literal(name)}: {name}" for name in every]
    return EnvironmentView(
        parameters=(first, keywords[0].source, "*", *(keyword.source for keyword in keywords[1:])),
        settings=tuple(each.source for each in given),
        async_settings=tuple(each.source for each in async_given),
        returns=imports.use("typing", "Self", shadowed),
        hidden=(
            *(hiding(keyword.name, imports) for keyword in keywords if keyword.is_secret),
            *hiding_settings(imports, names),
        ),
        made=f"{first}._from_env({{{', '.join(passed)}}})",
        doc=_doc(variables(api, config)),
    )


def _doc(read: Sequence[EnvVariable]) -> str:
    listed = ", ".join(f"`{variable.name}`" for variable in read)
    files = f" {_FILES}" if any(variable.name.endswith("_FILE") for variable in read) else ""
    body = f"Reads {listed}.{files} A proxy is the environment's in any case."
    return "\n\n".join((_INTRO, body, section("Raises", [_WRONG])))
