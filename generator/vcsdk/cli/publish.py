"""`vcsdk publish`: built packages to an index."""

from __future__ import annotations

import sys
from dataclasses import fields
from json import dumps
from pathlib import Path
from typing import Annotated

from vcsdk.cli import failure
from vcsdk.cli.parameter import Parameter
from vcsdk.cli.style import plural
from vcsdk.diagnostics import InputError

_INPUT_RULES = {"attestation", "nothing-to-publish", "password-in-url", "not-an-index", "wrong-option"}


def publish(
    dist: Path = Path("dist"),
    /,
    *,
    index_url: str,
    upload_url: str | None = None,
    extra_index_url: list[str] | None = None,
    ca_bundle: Path | None = None,
    verify_install: Annotated[bool, Parameter(negative="--no-verify-install")] = True,
    attempts: Annotated[int, Parameter(show_default=True)] = 5,
    json: bool = False,
) -> int:
    """Upload built packages to an index, then install them from it.

    A file that the index has already, with the same content, counts as done, so an interrupted upload is repeated by
    the same command.  A file with other content is refused before anything is sent.

    Attestations that lie beside the files (`vcsdk build --attest`) are sent with them where the listing of the index
    says that it takes them (PEP 740); the last lines say what became of them.

    User name and password come from VCSDK_INDEX_USERNAME and VCSDK_INDEX_PASSWORD (or TWINE_USERNAME, TWINE_PASSWORD),
    a netrc file, or the keyring.

    For example: `vcsdk publish dist --index-url https://pypi.example.com/simple/`

    Exits 0 if everything is there and can be installed, 1 if not, 2 if the input cannot be used.

    Args:
        dist: Folder of built files, or one file. Default: `dist`.
        index_url: The index, by the address that `pip install --index-url` takes.
        upload_url: Where it takes uploads. Default: the same without `simple/`.
        extra_index_url: Another index that has the dependencies, for the installation; may be given several times.
        ca_bundle: Certificates (PEM) to trust at the index. Default: those that requests and pip trust.
        verify_install: Install into a fresh environment afterwards, and import.
        attempts: How often to try what may be repeated, with growing pauses.
        json: Print what happened as JSON.
    """
    try:
        return _publish(dist, index_url, upload_url, extra_index_url or [], ca_bundle, verify_install, attempts, json)
    except InputError as error:
        failure.refuse(error.diagnostics, json=json)
        return failure.USAGE if all(found.rule in _INPUT_RULES for found in error.diagnostics) else 1


def _publish(
    dist: Path,
    index_url: str,
    upload_url: str | None,
    others: list[str],
    ca_bundle: Path | None,
    verify_install: bool,
    attempts: int,
    as_json: bool,
) -> int:
    from vcsdk.release import credentials, verify
    from vcsdk.release import publish as publishing
    from vcsdk.release.index import Index
    from vcsdk.release.places import places
    from vcsdk.release.refusal import refusal

    for url, option in (
        (index_url, "--index-url"),
        (upload_url, "--upload-url"),
        *((o, "--extra-index-url") for o in others),
    ):
        credentials.refuse_in(url or "", option)
    if attempts < 1:
        raise refusal("wrong-option", "at least one attempt is needed", "--attempts")
    if ca_bundle is not None and not ca_bundle.is_file():
        raise refusal("wrong-option", f"there is no file {ca_bundle}", "--ca-bundle")
    files = publishing.find(dist)
    where = places(index_url, upload_url)
    known = credentials.find((where.upload, *where.listings))
    if known is not None and where.in_the_clear:
        sys.stderr.write(f"{where.upload}: warning: the password travels unencrypted; use https [in-the-clear]\n")

    def told(what: str, file: Path) -> None:
        if not as_json:
            sys.stdout.write(f"{what:<8} {file.name}\n")
            sys.stdout.flush()

    with Index(where, known, ca_bundle=ca_bundle, attempts=attempts) as index:
        result = publishing.publish(files, index, told)
        listing = index.listing
    wheels = [file for file in files if file.suffix == ".whl"]
    if verify_install and wheels:
        verify.install(wheels, verify.Source(listing, tuple(others), ca_bundle, known))
    if as_json:
        rows = {field.name: [f.name for f in getattr(result, field.name)] for field in fields(result)}
        sys.stdout.write(
            dumps({"index": listing, **rows, "installed": verify_install and bool(wheels)}, indent=2) + "\n"
        )
        return 0
    if verify_install and wheels:
        sys.stdout.write(f"{'works':<8} installed from {listing} into a fresh environment, and imported\n")
    for files_of, what in (
        (result.attested, "with attestations, which the index lists"),
        (result.unlisted, "with attestations, which the index took and does not list"),
        (result.withheld, "without their attestations: the index does not say that it takes any (PEP 740)"),
    ):
        if files_of:
            sys.stdout.write(f"{plural(len(files_of), 'file')} {what}\n")
    sent = f"{plural(len(result.sent), 'file')} sent" if result.sent else "nothing to send"
    sys.stdout.write(f"{sent}, {len(result.present)} there before: {listing}\n")
    return 0
