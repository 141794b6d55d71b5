"""Config maps and jobs, as Kubernetes has them: a version in each object, a status of its own, merge patches."""

from __future__ import annotations

import asyncio
import base64
import copy
import itertools
import json
import re
import uuid
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.outside.servers.house import (
    TEXT,
    House,
    Refused,
    asked,
    body_of,
    carried,
    described,
    is_whole,
    once,
    place,
    query,
    ref,
    whole,
)

MERGE = "application/merge-patch+json"
_NAME = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?\Z")
NAME = {**TEXT, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "maxLength": 63}
LABELS = {"type": "object", "additionalProperties": TEXT}
META = {
    "type": "object",
    "properties": {
        "name": NAME,
        "namespace": {**TEXT, "readOnly": True},
        "labels": LABELS,
        "annotations": LABELS,
        "uid": {**TEXT, "format": "uuid", "readOnly": True},
        "resourceVersion": {
            **TEXT,
            "description": "What a replacement is based on; refused with 409 if that is not the current one.",
        },
        "generation": {"type": "integer", "readOnly": True},
        "creationTimestamp": {**TEXT, "format": "date-time", "readOnly": True},
    },
}


def thing(kind: str, version: str, more: dict[str, Any], required: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["metadata", *required],
        "properties": {
            "apiVersion": {**TEXT, "enum": [version]},
            "kind": {**TEXT, "enum": [kind]},
            "metadata": ref("ObjectMeta"),
            **more,
        },
    }


SPEC = {
    "type": "object",
    "properties": {
        "parallelism": {"type": "integer", "minimum": 0, "maximum": 1000, "default": 1},
        "suspend": {"type": "boolean", "default": False},
        "image": {**TEXT, "minLength": 1, "maxLength": 200},
    },
    "required": ["image"],
}
JOB_STATUS = {
    "type": "object",
    "properties": {"active": {"type": "integer", "minimum": 0, "maximum": 1000}, "message": {**TEXT, "maxLength": 300}},
}
SCHEMAS: dict[str, Any] = {
    "ObjectMeta": META,
    "ConfigMap": thing(
        "ConfigMap", "v1", {"data": {"type": "object", "additionalProperties": TEXT}, "immutable": {"type": "boolean"}}
    ),
    "Job": thing("Job", "batch/v1", {"spec": ref("JobSpec"), "status": ref("JobStatus")}, ("spec",)),
    "JobSpec": SPEC,
    "JobStatus": JOB_STATUS,
    "ListMeta": {
        "type": "object",
        "properties": {"continue": TEXT, "resourceVersion": TEXT, "remainingItemCount": {"type": "integer"}},
    },
    "Status": {
        "type": "object",
        "required": ["kind", "status"],
        "properties": {
            "apiVersion": TEXT,
            "kind": {**TEXT, "enum": ["Status"]},
            "status": {**TEXT, "enum": ["Success", "Failure"]},
            "message": TEXT,
            "reason": TEXT,
            "code": {"type": "integer"},
        },
    },
    "WatchEvent": {
        "type": "object",
        "required": ["type", "object"],
        "properties": {
            "type": {**TEXT, "enum": ["ADDED", "MODIFIED", "DELETED", "BOOKMARK"]},
            "object": {"type": "object"},
        },
    },
}
for kind in ("ConfigMap", "Job"):
    SCHEMAS[f"{kind}List"] = {
        "type": "object",
        "required": ["items", "metadata"],
        "properties": {
            "apiVersion": TEXT,
            "kind": {**TEXT, "enum": [f"{kind}List"]},
            "metadata": ref("ListMeta"),
            "items": {"type": "array", "items": ref(kind)},
        },
    }
KINDS = {"configmaps": ("ConfigMap", "v1", "/api/v1"), "jobs": ("Job", "batch/v1", "/apis/batch/v1")}


def description() -> dict[str, Any]:
    status = {"description": "No.", **carried(ref("Status"))}
    paths: dict[str, Any] = {}
    for plural, (kind, _, prefix) in KINDS.items():
        one = {"description": "OK", **carried(ref(kind))}
        below = {"401": status, "404": status}
        bad = {"400": status, "415": status, "422": status}
        many = f"{prefix}/{plural}"
        paths[many] = {
            "get": {
                "operationId": f"listNamespaced{kind}",
                "parameters": [
                    query("limit", {"type": "integer", "minimum": 1, "maximum": 500}),
                    query("continue", TEXT, description="What the list before gave as `metadata.continue`."),
                ],
                "responses": {
                    "200": {"description": "OK", **carried(ref(f"{kind}List"))},
                    **below,
                    "400": status,
                    "410": status,
                },
            },
            "post": {
                "operationId": f"createNamespaced{kind}",
                "requestBody": asked(ref(kind)),
                "responses": {"201": {**one, "description": "Created"}, **below, **bad, "409": status},
            },
        }
        single = {
            "parameters": [place("name", NAME)],
            "get": {"operationId": f"readNamespaced{kind}", "responses": {"200": one, **below}},
            "put": {
                "operationId": f"replaceNamespaced{kind}",
                "requestBody": asked(ref(kind)),
                "responses": {"200": one, **below, **bad, "409": status},
            },
            "patch": {
                "operationId": f"patchNamespaced{kind}",
                "requestBody": asked({"type": "object"}, MERGE),
                "responses": {"200": one, **below, **bad, "409": status},
            },
        }
        paths[f"{many}/{{name}}"] = {
            **single,
            "delete": {
                "operationId": f"deleteNamespaced{kind}",
                "responses": {"200": {"description": "OK", **carried(ref("Status"))}, **below},
            },
        }
        if kind == "Job":
            paths[f"{many}/{{name}}/status"] = {
                **{
                    k: ({**v, "operationId": f"{v['operationId']}Status"} if isinstance(v, dict) else v)
                    for k, v in single.items()
                },
            }
        watched = f"{prefix}/watch/{plural}"
        paths[watched] = {
            "get": {
                "operationId": f"watchNamespaced{kind}List",
                "parameters": [query("timeoutSeconds", {"type": "integer", "minimum": 1, "maximum": 300})],
                "responses": {
                    "200": {"description": "OK", **carried(ref("WatchEvent"), "application/json-seq")},
                    **below,
                    "400": status,
                },
            },
        }
    return described("Kube", paths, SCHEMAS)


class Kube(House):
    """Namespaces `default` and `other`."""

    def __init__(self, *bugs: str) -> None:
        super().__init__(*bugs)
        self.versions = itertools.count(1000)
        self.store: dict[tuple[str, str], dict[str, dict[str, Any]]] = {
            (plural, space): {} for plural in KINDS for space in ("default", "other")
        }
        for name in ("kube-root-ca", "settings", "web"):
            self.put("configmaps", "default", {"metadata": {"name": name}, "data": {"a": "b"}})
        self.put("jobs", "default", {"metadata": {"name": "nightly"}, "spec": {"image": "busybox"}})

    def error(self, status: int, why: str) -> Any:
        return {"apiVersion": "v1", "kind": "Status", "status": "Failure", "message": why, "code": status}

    def routes(self) -> list[Route]:
        found = []
        for plural, (_, _, prefix) in KINDS.items():
            many = f"{prefix}/{plural}"

            def bound(call: Any, plural: str = plural, **more: Any) -> Any:
                async def handle(request: Request) -> Response:
                    answer: Response = await call(request, plural, **more)
                    return answer

                return handle

            found += [
                self.route(many, get=bound(self.list), post=bound(self.create)),
                self.route(
                    f"{many}/{{name}}",
                    get=bound(self.read),
                    put=bound(self.replace),
                    patch=bound(self.patch),
                    delete=bound(self.drop),
                ),
                self.route(f"{prefix}/watch/{plural}", get=bound(self.watch)),
            ]
            if plural == "jobs":
                found.append(
                    self.route(
                        f"{many}/{{name}}/status",
                        get=bound(self.read),
                        put=bound(self.replace, of_status=True),
                        patch=bound(self.patch, of_status=True),
                    )
                )
        return found

    def put(self, plural: str, space: str, said: dict[str, Any]) -> dict[str, Any]:
        kind, version, _ = KINDS[plural]
        given = said["metadata"]
        meta = {
            "name": given["name"],
            "namespace": space,
            "uid": str(uuid.uuid4()),
            "resourceVersion": str(next(self.versions)),
            "generation": 1,
            "creationTimestamp": "2026-01-01T00:00:00Z",
            **{k: given[k] for k in ("labels", "annotations") if k in given},
        }
        made = {"apiVersion": version, "kind": kind, "metadata": meta, **self.content(plural, said)}
        if plural == "jobs":
            made["status"] = {}
        self.store[plural, space][given["name"]] = made
        return made

    def content(self, plural: str, said: dict[str, Any]) -> dict[str, Any]:
        if plural == "configmaps":
            return {k: said[k] for k in ("data", "immutable") if k in said}
        return {
            "spec": {
                "parallelism": 1,
                "suspend": False,
                **{k: said["spec"][k] for k in ("parallelism", "suspend", "image") if k in said["spec"]},
            }
        }

    def space(self, request: Request, plural: str) -> dict[str, dict[str, Any]]:
        found = self.store.get((plural, "default"))
        if found is None:
            raise Refused(404, "namespaces not found")
        return found

    def known(self, request: Request, plural: str) -> dict[str, Any]:
        found = self.space(request, plural).get(request.path_params["name"])
        if found is None:
            raise Refused(404, f"{plural} not found")
        return found

    async def list(self, request: Request, plural: str) -> Response:
        every = [*self.space(request, plural).values()]
        size = whole(request, "limit", 500, 1, 500)
        token = once(request, "continue")
        first = 0
        if token is not None:
            try:
                text = base64.b64decode(token, validate=True).decode()
                first = int(text.removeprefix("at:")) if text.startswith("at:") else -1
            except ValueError:
                first = -1
            if not 0 <= first < 10000:
                raise Refused(400, "continue key is not valid")
        if "page lost" in self.bugs and first:
            first += 1
        meta: dict[str, Any] = {"resourceVersion": "1"}
        if first + size < len(every):
            meta["continue"] = base64.b64encode(f"at:{first + size}".encode()).decode()
            meta["remainingItemCount"] = len(every) - first - size
        kind, version, _ = KINDS[plural]
        return JSONResponse(
            {"apiVersion": version, "kind": f"{kind}List", "metadata": meta, "items": every[first : first + size]}
        )

    def checked(self, plural: str, said: Any) -> dict[str, Any]:
        kind, version, _ = KINDS[plural]
        good = isinstance(said, dict) and isinstance(said.get("metadata"), dict)
        if not good or said.get("kind", kind) != kind or said.get("apiVersion", version) != version:
            raise Refused(400, "the object provided is unrecognized")
        _check_meta(said["metadata"])
        if plural == "configmaps":
            if ("data" in said and not _texts(said["data"])) or not isinstance(said.get("immutable", False), bool):
                raise Refused(422, "data")
            return said
        _check_job(said)
        return said

    async def create(self, request: Request, plural: str) -> Response:
        space = self.space(request, plural)
        said = self.checked(plural, await body_of(request))
        name = said["metadata"].get("name")
        if name is None:
            raise Refused(422, "metadata.name")
        if name in space:
            raise Refused(409, f"{plural} already exists")
        made = self.put(plural, "default", said)
        if "labels lost" in self.bugs:
            made["metadata"].pop("labels", None)
        return JSONResponse(made, 201)

    async def read(self, request: Request, plural: str) -> Response:
        return JSONResponse(self.known(request, plural))

    async def replace(self, request: Request, plural: str, *, of_status: bool = False) -> Response:
        there = self.known(request, plural)
        said = self.checked(plural, await body_of(request))
        return self.changed(there, plural, said, of_status=of_status)

    def changed(self, there: dict[str, Any], plural: str, said: dict[str, Any], *, of_status: bool) -> Response:
        meta = said["metadata"]
        if meta.get("name", there["metadata"]["name"]) != there["metadata"]["name"]:
            raise Refused(400, "the name of the object does not match")
        version = meta.get("resourceVersion")
        if version is not None and version != there["metadata"]["resourceVersion"] and "no conflict" not in self.bugs:
            raise Refused(409, "the object has been modified")
        before = copy.deepcopy(there)
        if of_status:
            there["status"] = {k: v for k, v in said.get("status", {}).items() if k in ("active", "message")}
        else:
            fresh = self.content(plural, said)
            for name in ("data", "immutable", "spec"):
                there.pop(name, None)
            there.update(fresh)
            if "status by spec" in self.bugs and "status" in said:
                there["status"] = said["status"]
            for name in ("labels", "annotations"):
                there["metadata"].pop(name, None)
                if name in meta:
                    there["metadata"][name] = meta[name]
        if there != before:
            there["metadata"]["resourceVersion"] = str(next(self.versions))
            there["metadata"]["generation"] += there.get("spec") != before.get("spec")
        if "stale answer" in self.bugs:
            return JSONResponse(before)
        return JSONResponse(there)

    async def patch(self, request: Request, plural: str, *, of_status: bool = False) -> Response:
        there = self.known(request, plural)
        said = await body_of(request, (MERGE,))
        if not isinstance(said, dict):
            raise Refused(400, "a patch is an object")
        merged = _merged(there, said)
        meta = said.get("metadata")
        is_based = isinstance(meta, dict) and "resourceVersion" in meta
        if not is_based and isinstance(merged.get("metadata"), dict):
            merged["metadata"].pop("resourceVersion", None)
        return self.changed(there, plural, self.checked(plural, merged), of_status=of_status)

    async def drop(self, request: Request, plural: str) -> Response:
        there = self.known(request, plural)
        if "delete ignored" not in self.bugs:
            del self.space(request, plural)[there["metadata"]["name"]]
        return JSONResponse({"apiVersion": "v1", "kind": "Status", "status": "Success"})

    async def watch(self, request: Request, plural: str) -> Response:
        every = [*self.space(request, plural).values()]
        seconds = whole(request, "timeoutSeconds", 30, 1, 300)

        async def events() -> Any:
            for item in every:
                yield b"\x1e" + json.dumps({"type": "ADDED", "object": item}).encode() + b"\n"
            await asyncio.sleep(min(seconds, 1))

        return StreamingResponse(events(), media_type="application/json-seq")


def _merged(value: Any, patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    result = dict(value) if isinstance(value, dict) else {}
    for name, inner in patch.items():
        if inner is None:
            result.pop(name, None)
        else:
            result[name] = _merged(result.get(name), inner)
    return copy.deepcopy(result)


def _texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def _check_meta(meta: dict[str, Any]) -> None:
    for name in ("labels", "annotations"):
        if name in meta and not _texts(meta[name]):
            raise Refused(422, f"metadata.{name}")
    if "name" in meta and not (isinstance(meta["name"], str) and len(meta["name"]) <= 63 and _NAME.match(meta["name"])):
        raise Refused(422, "metadata.name")
    if "resourceVersion" in meta and not isinstance(meta["resourceVersion"], str):
        raise Refused(422, "metadata.resourceVersion")
    for name in ("namespace", "uid", "creationTimestamp"):
        if name in meta and not isinstance(meta[name], str):
            raise Refused(422, f"metadata.{name}")
    if "generation" in meta and not is_whole(meta["generation"]):
        raise Refused(422, "metadata.generation")


def _check_job(said: dict[str, Any]) -> None:
    spec, status = said.get("spec"), said.get("status", {})
    if not isinstance(spec, dict) or not isinstance(spec.get("image"), str) or not 0 < len(spec["image"]) <= 200:
        raise Refused(422, "spec.image")
    count = spec.get("parallelism", 1)
    if not is_whole(count) or not 0 <= count <= 1000 or not isinstance(spec.get("suspend", False), bool):
        raise Refused(422, "spec")
    active = status.get("active", 0) if isinstance(status, dict) else None
    if not is_whole(active) or not 0 <= active <= 1000:
        raise Refused(422, "status")
    if not isinstance(status.get("message", ""), str) or len(status.get("message", "")) > 300:
        raise Refused(422, "status.message")
