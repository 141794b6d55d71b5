"""The index of `pypi` that speaks of PEP 740, too: it takes attestations that are right, and lists that it has them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pypi_attestations import Attestation
from python_multipart import parse_form

from tests.e2e.release import pypi

_LIST = TypeAdapter(list[Attestation])
VERSION = '<meta name="pypi:repository-version" content="1.3">'


class Attesting:
    """What was uploaded with each file; `version` is what its listings state, `keeps` whether they name them."""

    def __init__(self, *, version: str = VERSION, keeps: bool = True) -> None:
        self.version, self.keeps = version, keeps
        self.attestations: dict[str, list[Attestation]] = {}

    def around(self, application: Callable[..., Any]) -> Callable[..., Any]:
        """The application with what PEP 740 adds to uploads and listings."""

        def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
            if environ["REQUEST_METHOD"] == "POST":
                content = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
                environ["wsgi.input"] = io.BytesIO(content)
                self._uploaded(environ["CONTENT_TYPE"], content)
                return application(environ, start_response)
            answers: list[Any] = []
            parts = application(environ, lambda status, headers, *rest: answers.append((status, headers)))
            page = b"".join(parts).decode("latin-1")
            ((status, headers),) = answers
            if environ["PATH_INFO"].startswith("/simple/"):
                page = page.replace("<head>", f"<head>{self.version}")
                for name in self.attestations if self.keeps else ():
                    page = page.replace(f">{name}</a>", f' data-provenance="https://x.example.com/{name}">{name}</a>')
            content = page.encode("latin-1")
            kept = [(key, value) for key, value in headers if key.lower() != "content-length"]
            start_response(status, [*kept, ("content-length", str(len(content)))])
            return [content]

        return serve

    def _uploaded(self, kind: str, content: bytes) -> None:
        fields: dict[bytes, bytes] = {}
        files: list[str] = []
        parse_form(
            {"Content-Type": kind.encode()},
            io.BytesIO(content),
            lambda field: fields.update({field.field_name: field.value}),
            lambda file: files.append(file.file_name.decode()),
        )
        if b"attestations" in fields:
            self.attestations[files[0]] = _LIST.validate_json(fields[b"attestations"])


@contextmanager
def running(folder: Path, **options: Any) -> Iterator[tuple[pypi.Pypi, Attesting]]:
    attesting = Attesting(**options)
    with pypi.running(folder, around=attesting.around) as index:
        yield index, attesting
