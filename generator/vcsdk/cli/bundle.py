"""`vcsdk bundle`: one self-contained description for other tools."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from vcsdk.address import file_name
from vcsdk.bundle import View, bundle_files, views
from vcsdk.bundle.target import ENDINGS, leftovers
from vcsdk.cli import failure
from vcsdk.cli.parameter import Parameter
from vcsdk.cli.sources import AllowOutside, CaBundle, Description, access
from vcsdk.diagnostics import WHOLE, Diagnostic, Diagnostics, InputError, Level, Location
from vcsdk.load.extensions import entries
from vcsdk.load.grammar import operations_in
from vcsdk.pipeline import read_api
from vcsdk.placing import place


def bundle(
    description: Description,
    /,
    *,
    output: Annotated[Path, Parameter("--output", "-o")],
    view: View = View.VENDOR,
    config: Annotated[Path | None, Parameter("--config", "-c")] = None,
    no_config: bool = False,
    overlay: list[Path] | None = None,
    partial: bool = False,
    allow_outside: AllowOutside = None,
    ca_bundle: CaBundle = None,
    quiet: Annotated[bool, Parameter("--quiet", "-q")] = False,
) -> int:
    """Write one self-contained description, mended, for other tools.

    The views differ in where the query of an operation stands that shares its path with others:

    - `vendor`: in the path key, as VMware writes it; for schemathesis.
    - `fragment`: a parameter, under the key `path#operation`; for linters.
    - `plain`: a parameter, under the bare path; for Prism, connexion, openapi-core, Swagger UI. A document holds one
      operation for each path and method; further ones go to numbered files beside it, FILE.2.json, FILE.3.json.

    For example: `vcsdk bundle spec/vcha.yaml -o build/vcha.json --view plain`

    Exits 0, 1 if `--partial` left something out, 2 if the input cannot be used.

    Args:
        description: The API's description, OpenAPI in YAML or JSON, or a configuration that names several.
        output: File to write, `.json`, `.yaml` or `.yml`; or a folder, for a file named after description and view.
        view: Form of the path keys: vendor, fragment or plain.
        config: Its configuration. Default: the `.toml` file of the same name beside it.
        no_config: Ignore that file.
        overlay: An OpenAPI Overlay to apply first; may be given several times.
        partial: Leave out what cannot be emitted, with everything that needs it, instead of refusing the description.
        allow_outside: A folder that references may lead into, besides the description's; may be given several times.
        ca_bundle: Certificates (PEM) to trust when a description is read from an https address.
        quiet: Print findings only.
    """
    diagnostics = Diagnostics()
    try:
        target = _target(output, file_name(description), view, diagnostics)
        described = read_api(
            description,
            config,
            use_config=not no_config,
            overlays=overlay or (),
            diagnostics=diagnostics,
            partial=partial,
            access=access(allow_outside, ca_bundle),
        )
        documents = views(described.document, view)
        files = bundle_files(documents, target)
        try:
            place([(file.path, file.text.encode()) for file in files])
            left = leftovers(target, len(files))
        except OSError as problem:
            _refuse(output, "unwritable-output", f"cannot be written: {problem.strerror or problem}", diagnostics)
    except InputError as error:
        return failure.refuse(error.diagnostics)
    for path in left:
        message = "this file is of another run and does not belong to the bundle"
        diagnostics.add(Diagnostic(Level.WARNING, "leftover-file", message, Location(str(path), WHOLE), "delete it"))
    failure.show(diagnostics)
    if not quiet:
        for file, document in zip(files, documents, strict=True):
            count = sum(1 for _, item in entries(document.get("paths")) for _ in operations_in(item))
            sys.stdout.write(f"{failure.clean(str(file.path))}: {count} operation{'' if count == 1 else 's'}\n")
    return 1 if described.document.left_out else 0


def _target(output: Path, description: Path, view: View, diagnostics: Diagnostics) -> Path:
    if output.is_dir() or not output.suffix:
        ending = ".json" if description.suffix.lower() == ".json" else ".yaml"
        return output / f"{description.stem}.{view.value}{ending}"
    if output.suffix.lower() not in ENDINGS:
        text = f"no notation is known by the ending `{output.suffix}`"
        _refuse(output, "unknown-ending", text, diagnostics, f"end it with one of {', '.join(ENDINGS)}")
    return output


def _refuse(output: Path, rule: str, message: str, diagnostics: Diagnostics, hint: str | None = None) -> None:
    diagnostics.add(Diagnostic(Level.ERROR, rule, message, Location(str(output), WHOLE), hint))
    raise InputError(diagnostics)
