"""`vcsdk generate`: a description becomes a client package and its contract tests."""

from __future__ import annotations

import gc
import time
from pathlib import Path
from typing import Annotated, Literal

from vcsdk.address import as_path
from vcsdk.cli.parameter import Parameter
from vcsdk.cli.sources import AllowOutside, CaBundle, access


def generate(
    *descriptions: Annotated[Path, Parameter(required=True, read=as_path)],
    output: Annotated[Path, Parameter("--output", "-o")],
    config: Annotated[Path | None, Parameter("--config", "-c")] = None,
    no_config: bool = False,
    overlay: list[Path] | None = None,
    partial: bool = False,
    fail_on: Literal["untyped"] | None = None,
    allow_outside: AllowOutside = None,
    ca_bundle: CaBundle = None,
    flavor: Literal["pydantic", "openapi-python-client"] | None = None,
    report_file: Annotated[Path | None, Parameter("--report")] = None,
    json: bool = False,
    quiet: Annotated[bool, Parameter("--quiet", "-q")] = False,
) -> int:
    """Generate a typed Python client and its contract tests.

    Writes two packages, `DIR/<distribution>` and `DIR/<distribution>-contract`.  Nothing is written if the description
    has errors; with `--partial` only if they break it as a whole.  Files of your own beside the generated ones survive.

    Several descriptions of one API, as VMware publishes vCenter's, make one client; so does a configuration that names
    them (`api.descriptions`) in place of a description.

    For example: `vcsdk generate spec/vcha.yaml -o generated`

    The last line counts what is free JSON in the client although the description says more, and the keywords that
    its models do not check; the report has them one by one.

    Exits 0 if everything declared was emitted, 1 if not (or as `--fail-on` says), 2 if the input cannot be used.

    Args:
        descriptions: The API's description, OpenAPI in YAML or JSON, a file or an https address; several; or a
            configuration that names them.
        output: Folder for the packages; made if it does not exist.
        config: Its configuration: names, profile, safety classes. Default: the `.toml` file of the same name beside it.
        no_config: Ignore that file and derive names from the title.
        overlay: An OpenAPI Overlay to apply first; may be given several times.
        partial: Leave out what cannot be emitted, with everything that needs it, instead of refusing the description.
        fail_on: Exit 1 also if a place is "untyped": free JSON although the description says more.
        allow_outside: A folder that references may lead into, besides the description's; may be given several times.
        ca_bundle: Certificates (PEM) to trust when a description is read from an https address.
        flavor: Let another generator make the package, from the mended description: pydantic (models only, by
            datamodel-code-generator) or openapi-python-client. What it drops is listed.
        report_file: File for a report as JSON: counts declared and emitted, repairs, findings.
        json: Print that report as JSON instead of the summary.
        quiet: Print findings only.
    """
    # The process ends with the run, and nothing of it is cyclic garbage worth looking for: saves a tenth of the time.
    gc.disable()
    from vcsdk.cli.generation_request import Request

    started = time.perf_counter()
    request = Request(
        descriptions,
        output,
        config,
        not no_config,
        tuple(overlay or ()),
        flavor,
        report_file,
        json,
        quiet,
        partial,
        access(allow_outside, ca_bundle),
        fail_on,
        started,
    )
    # What a second run answers needs none of the stages, so they are not even imported for it.
    from vcsdk.cli import replay

    status = replay.answer(request)
    if status is not None:
        return status
    from vcsdk.cli import generation

    return generation.run(request)
