"""What the README of a client package shows: a call that reads, and apart from it one that does something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from vcsdk.config.model import Config
from vcsdk.emitters.client.construction import credential_sent, has_own
from vcsdk.emitters.client.environment import METHOD, variables
from vcsdk.emitters.client.errors import base_class
from vcsdk.emitters.client.grants import grants
from vcsdk.emitters.client.paging import has_pages
from vcsdk.emitters.client.results import result_type
from vcsdk.emitters.contract import samples
from vcsdk.emitters.examples import Example, Examples
from vcsdk.emitters.filters import identifier
from vcsdk.emitters.prose import sentence
from vcsdk.ir import Api, Nullable, Operation, Safety, Union
from vcsdk.load.omission import Omission
from vcsdk.partial import cost
from vcsdk.quoting import markdown


class Readme(msgspec.Struct, frozen=True):
    """The page.  `reading` changes nothing; `doing` may, and stands behind words that say so; None where none fits.

    `arguments` are those of the client in the examples; `cost` says how much `left_out` is; `environment` tells of the
    variables that make a client.  `paged` answers a page of a list; None where nothing does.  `credentials`
    says what each argument for one takes; `granted` are those of a client that gets its tokens, "" for none.
    """

    title: str
    description: str
    operations: int
    arguments: str
    base: str
    reading: Example | None
    doing: Example | None
    left_out: tuple[Omission, ...] = ()
    skipped: tuple[Omission, ...] = ()
    cost: str = ""
    environment: str = ""
    paged: Example | None = None
    credentials: tuple[str, ...] = ()
    granted: str = ""


def readme(api: Api, title: str, config: Config, omissions: Sequence[Omission] = ()) -> Readme:
    """The page of an API.  What it does with a target is never the first thing that it shows."""
    left_out = tuple(omission for omission in omissions if not omission.decided)
    skipped = tuple(omission for omission in omissions if omission.decided)
    examples, reading = Examples(api), _reading(api)
    doing = _doing(api) or (next(iter(api.operations), None) if reading is None else None)
    return Readme(
        title,
        sentence(api.description),
        len(api.operations),
        _arguments(api, reading or doing),
        base_class(api),
        examples.of(reading) if reading is not None else None,
        examples.of(doing) if doing is not None else None,
        left_out,
        skipped,
        cost(left_out, len(api.operations) + sum(omission.kind == "operation" for omission in omissions)),
        _environment(api, config),
        examples.of(paged) if (paged := _paged(api)) is not None else None,
        tuple(_credentials(api)),
        _granted(api),
    )


def _credentials(api: Api) -> Iterator[str]:
    """What each argument for a credential takes."""
    if not has_own(api):
        yield "`username` and `password`, by which the client makes a session of its own when it first calls"
        yield "`token`, the token of a session that somebody else made, which is not ended by the client"
        return
    for scheme in api.security_schemes.values():
        names = [identifier(name) for name in scheme.keywords]
        if scheme.kind == "basic" and names:
            yield f"`{names[0]}` and `{names[1]}`, sent as HTTP Basic"
        elif names:
            yield f"`{names[0]}`: {credential_sent(scheme, markdown.code)}"
        elif scheme.kind == "certificate":
            yield "`verify`: an `ssl.SSLContext` with a client certificate"


def _granted(api: Api) -> str:
    """The arguments of a client whose token is got by OAuth 2.0."""
    scheme = next((scheme for scheme in api.security_schemes.values() if grants(api, scheme)), None)
    if scheme is None:
        return ""
    main = [] if api.server.is_absolute else ['"api.example.com"']
    return ", ".join([*main, f'{identifier(scheme.keywords[0])}=OAuth2("client-id", client_secret)'])


def _environment(api: Api, config: Config) -> str:
    """What makes a client by the environment; "" where a resource has the name of the method."""
    if (METHOD,) in api.resources:
        return ""
    read = [variable.name for variable in variables(api, config)]
    files = (
        " A variable with `_FILE` names a file with the secret in it." if any(n.endswith("_FILE") for n in read) else ""
    )
    listed = f"{', '.join(f'`{name}`' for name in read[:-1])} and `{read[-1]}`"
    intro = f"`{identifier(config.package.client)}.{METHOD}()` takes what a client is made of from the environment"
    return f"{intro}, and from keywords first: {listed}.{files}"


def _arguments(api: Api, operation: Operation | None) -> str:
    """What the client of the examples is made with: a target where it needs one, and what their call asks for."""
    if not has_own(api):
        return '"api.example.com", username="user", password=password'
    main = api.server
    given = [] if main.is_absolute else ['"api.example.com"']
    needing = [identifier(v.keyword) for v in main.variables if v.default is None] if main.is_absolute else []
    given += [f"{keyword}={keyword}" for keyword in needing]
    needed = next(iter(operation.security), ()) if operation is not None else ()
    for scheme in (api.security_schemes[key] for key in needed):
        for place, keyword in enumerate(map(identifier, scheme.keywords)):
            given.append(f'{keyword}="user"' if scheme.kind == "basic" and place == 0 else f"{keyword}={keyword}")
    return ", ".join(given)


def _reading(api: Api) -> Operation | None:
    """The first operation that can be called without thinking, else one that reads what has to be named."""
    reads = [o for o in api.operations if o.safety is Safety.READ and not o.task]
    plain = [o for o in reads if samples.is_plain(o)]
    choices = (
        [o for o in plain if not o.deprecated],
        plain,
        [o for o in reads if o.role is None],
        [o for o in reads if o.method == "GET"],
    )
    return next((choice[0] for choice in choices if choice), None)


def _paged(api: Api) -> Operation | None:
    """The first operation with pages that changes nothing, before all one that can be called without thinking."""
    found = [o for o in api.operations if has_pages(o, api.schemas) and o.safety is Safety.READ and not o.deprecated]
    found = [o for o in found if not isinstance(result_type(o), Nullable | Union)]  # which would have to be told apart
    return next((o for o in found if samples.is_plain(o)), next(iter(found), None))


def _doing(api: Api) -> Operation | None:
    """The task that people come for: one that disrupts the connection, else the first that destroys nothing."""
    tasks = [o for o in api.operations if o.task]
    harmless = [o for o in tasks if o.safety is not Safety.DESTRUCTIVE]
    return next((o for o in tasks if o.disrupts_connection), next(iter(harmless), None))
