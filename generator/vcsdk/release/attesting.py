"""Signs built files by the identity that a CI job has: an attestation (PEP 740) beside each, made with Sigstore."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vcsdk.placing import place
from vcsdk.release.attestation import SUFFIX
from vcsdk.release.refusal import refusal

if TYPE_CHECKING:
    from sigstore.models import ClientTrustConfig
    from sigstore.oidc import IdentityToken

_PERMISSION = "give the job `permissions: id-token: write`; a run for a fork's pull request never has it"
_TOKEN = "GitLab has it as `SIGSTORE_ID_TOKEN` of `id_tokens:`, with `aud: sigstore`"


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs, and with which Sigstore: a private one by its trust configuration, None means the public one."""

    identity: IdentityToken = field(repr=False)
    trust: ClientTrustConfig | None = None

    def sign(self, files: Sequence[Path]) -> list[Path]:
        """Sign wheels and source distributions; the attestations lie beside them then, all or none.

        Raises:
            InputError: `not-attested`: Sigstore cannot be reached, or refuses.
        """
        from pypi_attestations import Attestation, Distribution
        from sigstore.models import ClientTrustConfig
        from sigstore.sign import SigningContext

        try:
            trust = self.trust or ClientTrustConfig.production()
            # PEP 740 keeps no timestamps of their own: the time of signing is the one that logs of version 1 state.
            trust.force_tlog_version = 1
            with SigningContext.from_trust_config(trust).signer(self.identity) as signer:
                made = [Attestation.sign(signer, Distribution.from_file(file)).model_dump_json() for file in files]
        except Exception as error:  # what Sigstore, requests, TUF and pydantic raise has no root in common
            hint = "what is built stays; to sign it, run the same command again"
            raise refusal("not-attested", f"Sigstore cannot sign: {_said(error)}", "--attest", hint) from None
        return place(
            [(file.with_name(file.name + SUFFIX), text.encode()) for file, text in zip(files, made, strict=True)]
        )


def at_hand(trust_config: Path | None) -> Signing | None:
    """The means to sign that the environment has (GitHub Actions, GitLab CI/CD, Google Cloud, …); None without any.

    Args:
        trust_config: Services and keys of a private Sigstore, as `sigstore --trust-config` takes them.

    Raises:
        InputError: `trust-config`: the file is none. `identity-refused`: there should be an identity, and it cannot be
            had or used.
    """
    from id import GitHubOidcPermissionCredentialError
    from sigstore.errors import Error
    from sigstore.oidc import IdentityToken, detect_credential

    trust = None if trust_config is None else _read(trust_config)
    try:
        token = detect_credential()
        return None if token is None else Signing(IdentityToken(token), trust)
    except Error as error:
        refused = isinstance(error.__cause__, GitHubOidcPermissionCredentialError)
        raise refusal("identity-refused", _said(error), "--attest", _PERMISSION if refused else _TOKEN) from None


def _read(file: Path) -> ClientTrustConfig:
    from sigstore.errors import Error
    from sigstore.models import ClientTrustConfig

    hint = "it is what `sigstore --trust-config` takes"
    try:
        trust = ClientTrustConfig.from_json(file.read_text(encoding="utf-8"))
        _ = trust.signing_config, trust.trusted_root
    except OSError as error:
        raise refusal("trust-config", f"it cannot be read: {error.strerror}", file, hint) from None
    except (ValueError, RecursionError, Error):
        raise refusal("trust-config", "this is no trust configuration of Sigstore", file, hint) from None
    return trust


def _said(error: BaseException) -> str:
    """The error in a line, without a dot at its end."""
    return " ".join(str(error).split()).rstrip(".")[:300] or type(error).__name__
