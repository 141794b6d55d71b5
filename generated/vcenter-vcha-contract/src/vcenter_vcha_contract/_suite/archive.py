"""Every exchange of a run as an HTTP Archive (HAR 1.2), secrets masked, for tools that show or replay such files.

Written here and not by a library because the file must be whole at any moment, and entries cross process borders.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from . import private
from .gate import Exchange
from .masking import masked
from .recording import Recorder

_END = b"\n]}}\n"


class Archive:
    """A HAR file that is whole after every call of `add`: a run that dies leaves what it has sent.

    Every text goes through `mask`.

    Raises:
        OSError: The file cannot be written.
    """

    def __init__(self, path: Path, title: str, mask: Callable[[str], str] = str) -> None:
        self._mask = mask
        self._file = private.opened(path)
        head = {"version": "1.2", "creator": {"name": title, "version": "1"}, "entries": []}
        self._file.write(json.dumps({"log": head}).removesuffix("]}}").encode() + _END)
        self._file.flush()
        self._first = True

    def add(self, entries: Iterable[dict[str, Any]]) -> None:
        """Append entries."""
        # What a worker has masked may show what another one has learnt meanwhile.
        rows = [json.dumps(masked(entry, self._mask), ensure_ascii=False) for entry in entries]
        if not rows:
            return
        text = "" if self._first else ","
        self._first = False
        self._file.seek(-len(_END), 2)
        self._file.write((text + "\n" + ",\n".join(rows)).encode("utf-8", "backslashreplace") + _END)
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def masked_again(path: Path, mask: Callable[[str], str]) -> None:
    """Write the archive of a run once more with all masked that the run has learnt meanwhile.

    Raises:
        ValueError: It is not an archive.
        OSError: It cannot be read or written.
    """
    log = json.loads(path.read_bytes())["log"]
    fresh = path.with_name(path.name + ".new")
    archive = Archive(fresh, log["creator"]["name"], mask)
    archive.add(log["entries"])
    archive.close()
    fresh.replace(path)


def entry(exchange: Exchange, recorder: Recorder, test: str) -> dict[str, Any]:
    """One exchange as an entry; `test` is the id of the test that sent it.

    An answer that did not come has status 0, as browsers write it.
    """
    began = datetime.datetime.fromtimestamp(exchange.at, datetime.UTC).isoformat(timespec="milliseconds")
    milliseconds = round(exchange.seconds * 1000, 1)
    return {
        "startedDateTime": began,
        "time": milliseconds,
        "request": _request(exchange, recorder),
        "response": _response(exchange, recorder),
        "cache": {},
        "timings": {"send": 0, "wait": milliseconds, "receive": 0},
        "comment": test,
        "_operation": exchange.operation,
    }


def _request(exchange: Exchange, recorder: Recorder) -> dict[str, Any]:
    assert exchange.request is not None
    told = recorder.request(exchange.request, whole=True)
    query = parse_qsl(urlsplit(told["url"]).query, keep_blank_values=True)
    request: dict[str, Any] = {
        "method": told["method"],
        "url": told["url"],
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(told["headers"]),
        "queryString": _pairs(query),
        "headersSize": -1,
        "bodySize": len((told["body"] or "").encode("utf-8", "replace")),
    }
    if told["body"] is not None:
        request["postData"] = {"mimeType": _type(told["headers"]), "text": told["body"]}
    return request


def _response(exchange: Exchange, recorder: Recorder) -> dict[str, Any]:
    if exchange.response is None:
        status, headers, body = 0, [], None
    else:
        told = recorder.response(exchange.response, whole=True)
        status, headers, body = told["status"], told["headers"], told["body"]
    size = len((body or "").encode("utf-8", "replace"))
    content = {"size": size, "mimeType": _type(headers)} | ({"text": body} if body is not None else {})
    return {
        "status": status,
        "statusText": HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(headers),
        "content": content,
        "redirectURL": next((value for name, value in headers if name.lower() == "location"), ""),
        "headersSize": -1,
        "bodySize": size,
    }


def _pairs(pairs: Iterable[Any]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


def _type(headers: Iterable[list[str]]) -> str:
    return next((value for name, value in headers if name.lower() == "content-type"), "")
