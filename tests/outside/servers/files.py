"""A store of files, as object stores are: bytes that a PUT makes, ranges, digests; what is gone is gone either way."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.outside.servers.house import (
    TEXT,
    House,
    Refused,
    carried,
    described,
    header,
    once,
    place,
    query,
    ref,
    shown,
    whole,
)

BYTES = "application/octet-stream"
_RANGE = re.compile(r"bytes=(\d{0,9})-(\d{0,9})\Z", re.ASCII)
_KEY = re.compile(r"[A-Za-z0-9._-]{1,60}\Z")
SCHEMAS: dict[str, Any] = {
    "Error": {"type": "object", "required": ["code"], "properties": {"code": TEXT, "message": TEXT}},
    "File": {
        "type": "object",
        "required": ["key", "size", "etag"],
        "properties": {"key": TEXT, "size": {"type": "integer", "minimum": 0}, "etag": TEXT},
    },
    "Listing": {
        "type": "object",
        "required": ["files", "isTruncated"],
        "properties": {
            "files": {"type": "array", "items": ref("File")},
            "isTruncated": {"type": "boolean"},
            "nextContinuationToken": TEXT,
        },
    },
}


def description() -> dict[str, Any]:
    """What the store does."""
    error = {"description": "No.", **carried(ref("Error"))}
    told = shown("ETag", "Content-Length", "Accept-Ranges")
    raw = {"schema": {**TEXT, "format": "binary"}}
    nothing, failed = {"description": "Not modified."}, {"description": "Another state.", **carried(ref("Error"))}
    read = {"304": nothing, "401": error, "404": error, "412": failed}
    conditions = [header("If-None-Match"), header("If-Match")]
    return described(
        "Files",
        {
            "/files": {
                "get": {
                    "operationId": "listFiles",
                    "parameters": [
                        query("prefix", {**TEXT, "maxLength": 60}),
                        query("maxKeys", {"type": "integer", "minimum": 1, "maximum": 1000, "default": 1000}),
                        query("continuationToken", {**TEXT, "maxLength": 200}),
                    ],
                    "responses": {
                        "200": {"description": "Them.", **carried(ref("Listing"))},
                        "400": error,
                        "401": error,
                    },
                }
            },
            "/files/{key}": {
                "parameters": [place("key", {**TEXT, "pattern": "^[A-Za-z0-9._-]{1,60}$"})],
                "get": {
                    "operationId": "getFile",
                    "parameters": [header("Range", {**TEXT, "example": "bytes=0-9"}), *conditions],
                    "responses": {
                        "200": {"description": "It.", "headers": told, "content": {BYTES: raw}},
                        "206": {
                            "description": "A part.",
                            "headers": {**told, **shown("Content-Range")},
                            "content": {BYTES: raw},
                        },
                        **read,
                        "416": error,
                    },
                },
                "head": {
                    "operationId": "headFile",
                    "parameters": conditions,
                    "responses": {
                        "200": {"description": "It.", "headers": told},
                        **{status: {"description": "No."} for status in (*read, "400")},
                    },
                },
                "put": {
                    "operationId": "putFile",
                    "parameters": [header("Content-MD5", {**TEXT, "pattern": "^[A-Za-z0-9+/]{22}==$"})],
                    "requestBody": {"required": True, "content": {BYTES: raw}},
                    "responses": {
                        "200": {"description": "Written over.", "headers": shown("ETag")},
                        "201": {"description": "Made.", "headers": shown("ETag")},
                        "400": error,
                        "401": error,
                        "415": error,
                    },
                },
                "delete": {
                    "operationId": "deleteFile",
                    "responses": {"204": {"description": "It is not there."}, "400": error, "401": error},
                },
            },
        },
        SCHEMAS,
    )


class Files(House):
    """Three files are there."""

    def __init__(self, *bugs: str) -> None:
        super().__init__(*bugs)
        self.files = {f"report-{number}.txt": b"line of text\n" * number for number in (1, 2, 3)}

    def error(self, status: int, why: str) -> Any:
        """The code and the words."""
        return {"code": str(status), "message": why}

    def routes(self) -> list[Route]:
        """The list, and each file."""
        return [
            self.route("/files", get=self.list),
            self.route("/files/{key}", get=self.read, head=self.read, put=self.write, delete=self.drop),
        ]

    async def list(self, request: Request) -> Response:
        prefix = once(request, "prefix") or ""
        if len(prefix) > 60:
            raise Refused(400, "prefix")
        size, token = whole(request, "maxKeys", 1000, 1, 1000), once(request, "continuationToken")
        keys = sorted(key for key in self.files if key.startswith(prefix))
        if token is not None:
            try:
                after = base64.urlsafe_b64decode(token.encode("ascii")).decode()
            except ValueError:
                raise Refused(400, "continuationToken") from None
            if not after.startswith("after:"):
                raise Refused(400, "continuationToken")
            wanted = after.removeprefix("after:")
            keys = [key for key in keys if key >= wanted if key > wanted or "repeats" in self.bugs]
        page = keys[:size]
        body: dict[str, Any] = {"files": [self.told_of(key) for key in page], "isTruncated": len(keys) > size}
        if len(keys) > size:
            body["nextContinuationToken"] = base64.urlsafe_b64encode(f"after:{page[-1]}".encode()).decode()
        return JSONResponse(body)

    def told_of(self, key: str) -> dict[str, Any]:
        return {"key": key, "size": len(self.files[key]), "etag": self.tag(key)}

    def tag(self, key: str) -> str:
        text = key.encode() if "tag of the name" in self.bugs else self.files[key]
        return f'"{hashlib.md5(text, usedforsecurity=False).hexdigest()}"'

    def key(self, request: Request) -> str:
        key: str = request.path_params["key"]
        if not _KEY.match(key):
            raise Refused(404 if request.method in ("GET", "HEAD") else 400, "key")
        return key

    async def read(self, request: Request) -> Response:
        key = self.key(request)
        if key not in self.files:
            raise Refused(404, "NoSuchKey")
        content, tag = self.files[key], self.tag(key)
        told = {"ETag": tag, "Accept-Ranges": "bytes"}
        wanted, known = request.headers.get("if-match"), request.headers.get("if-none-match")
        if wanted is not None and tag not in _tags(wanted) and wanted.strip() != "*":
            raise Refused(412, "PreconditionFailed")
        is_known = known is not None and (known.strip() == "*" or tag in _tags(known.replace("W/", "")))
        if is_known and "never unmodified" not in self.bugs:
            return Response(status_code=304, headers=told)
        asked = _RANGE.match(request.headers.get("range", "")) if request.method == "GET" else None
        if asked is None or not (asked[1] or asked[2]):
            return Response(content, media_type=BYTES, headers=told)
        first = int(asked[1]) if asked[1] else max(len(content) - int(asked[2]), 0)
        last = min(int(asked[2]), len(content) - 1) if asked[1] and asked[2] else len(content) - 1
        if asked[1] and asked[2] and int(asked[2]) < first:
            return Response(content, media_type=BYTES, headers=told)
        if first >= len(content) or (not asked[1] and int(asked[2]) == 0):
            raise Refused(416, "InvalidRange", {"Content-Range": f"bytes */{len(content)}"})
        told["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
        return Response(content[first : last + 1], 206, media_type=BYTES, headers=told)

    async def write(self, request: Request) -> Response:
        key, content = self.key(request), await request.body()
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != BYTES:
            raise Refused(415, "UnsupportedMediaType")
        digest = request.headers.get("content-md5")
        if digest is not None:
            try:
                said = base64.b64decode(digest, validate=True)
            except (ValueError, binascii.Error):
                raise Refused(400, "InvalidDigest") from None
            if said != hashlib.md5(content, usedforsecurity=False).digest():
                raise Refused(400, "BadDigest")
        status = 200 if key in self.files else 201
        self.files[key] = content
        return Response(status_code=status, headers={"ETag": self.tag(key)})

    async def drop(self, request: Request) -> Response:
        self.files.pop(self.key(request), None)
        return Response(status_code=204)


def _tags(text: str) -> list[str]:
    return [each.strip() for each in text.split(",")]
