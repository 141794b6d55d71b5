"""`vcsdk build`: wheels and source distributions of generated packages."""

from __future__ import annotations

import sys
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from vcsdk.cli import extras, failure
from vcsdk.cli.folding import say
from vcsdk.cli.parameter import Parameter
from vcsdk.diagnostics import WHOLE, Diagnostic, Diagnostics, InputError, Level, Location

if TYPE_CHECKING:
    from vcsdk.release.attesting import Signing
    from vcsdk.release.build import Built


def build(
    packages: Path = Path("generated"),
    /,
    *,
    output: Annotated[Path, Parameter("--output", "-o", show_default=True)] = Path("dist"),
    attest: bool = False,
    trust_config: Path | None = None,
    json: bool = False,
) -> int:
    """Build wheels and source distributions of generated packages.

    The same packages give the same bytes, wherever they are built.  Each wheel carries a bill of materials (CycloneDX),
    and `.provenance/` has a statement of what it was made from.  Nothing is downloaded.

    With `--attest` a CI job that has an identity (GitHub Actions, GitLab CI/CD, Google Cloud) signs each file with
    Sigstore, which publishes that identity in a log for everybody to read.  FILE.publish.attestation (PEP 740) lies
    beside the file then, for `vcsdk publish`.  Where there is no identity, a warning says that nothing is signed.

    For example: `vcsdk build generated -o dist`

    Exits 0, or 1 if all is built and there is an identity but Sigstore did not sign, or 2 if a package cannot be built
    or an identity cannot be used.

    Args:
        packages: A generated package, or a folder of them. Default: `generated`.
        output: Folder for the results; made if it does not exist.
        attest: Sign what is built, by the identity of the CI job. It needs the extra `attest`.
        trust_config: Services and keys of a private Sigstore, a file as `sigstore --trust-config` takes it. Default:
            the public one, sigstore.dev.
        json: Print what was built, with SHA-256, as JSON.
    """
    from vcsdk.release import build as builder
    from vcsdk.release import package
    from vcsdk.release.refusal import refusal

    if attest and (lacking := extras.missing("attest")):
        say(extras.explain("vcsdk build --attest", "attest", lacking), sys.stderr)
        return failure.USAGE
    try:
        if trust_config is not None and not attest:
            raise refusal("wrong-option", "it is for signing, which `--attest` does", "--trust-config")
        signing = _signing(trust_config) if attest else None
        built = builder.build(package.find(packages), output)
    except InputError as error:
        return failure.refuse(error.diagnostics, ", nothing built", json=json)
    attested: list[Path] = []
    failed = False
    if signing is not None:
        try:
            attested = signing.sign([file for one in built for file in (one.sdist, one.wheel)])
        except InputError as error:
            failure.refuse(error.diagnostics, "; all is built, nothing signed")
            failed = True
    _tell(built, attested, as_json=json)
    return 1 if failed else 0


def _signing(trust_config: Path | None) -> Signing | None:
    """What signs; a warning where nothing does."""
    from vcsdk.release import attesting

    signing = attesting.at_hand(trust_config)
    if signing is None:
        text = "nothing will be signed: the environment has no identity"
        hint = "a job of GitHub Actions has one with `permissions: id-token: write`, one of GitLab with `id_tokens:`"
        failure.show(Diagnostics([Diagnostic(Level.WARNING, "no-identity", text, Location("--attest", WHOLE), hint)]))
    return signing


def _tell(built: list[Built], attested: list[Path], *, as_json: bool) -> None:
    from vcsdk.release.attestation import SUFFIX
    from vcsdk.write.manifest import sha256

    signed = {path.name for path in attested}
    rows = [
        {
            "package": one.package.name,
            "version": one.package.version,
            "files": [
                {
                    "path": file.as_posix(),
                    "bytes": file.stat().st_size,
                    "sha256": sha256(file.read_bytes()),
                    "attestation": f"{file.as_posix()}{SUFFIX}" if file.name + SUFFIX in signed else None,
                }
                for file in one.files
            ],
        }
        for one in built
    ]
    if as_json:
        sys.stdout.write(dumps(rows, indent=2) + "\n")
        return
    for one in built:
        for file in one.files:
            sign = "  attested" if file.name + SUFFIX in signed else ""
            digest = sha256(file.read_bytes())[:12]
            sys.stdout.write(f"{file.as_posix()}  {digest}  {file.stat().st_size:,} bytes{sign}\n")
