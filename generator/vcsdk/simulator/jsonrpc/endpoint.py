"""The endpoint of JSON-RPC: one invocation a request, carried out as the request of REST that means the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from vcsdk.instances.schemas import Schemas
from vcsdk.ir import Api, Operation
from vcsdk.simulator.answers import Answers
from vcsdk.simulator.errors import Refusal, Reply
from vcsdk.simulator.jsonrpc.names import Structures, fold, service_and_operation
from vcsdk.simulator.jsonrpc.requests import Translation
from vcsdk.simulator.jsonrpc.values import STANDARD_ERRORS, MalformedValueError, Typed, error_name, plain
from vcsdk.simulator.messages import Message, choose_language
from vcsdk.simulator.routing import Target
from vcsdk.simulator.validation import Requests, parse_json

PATH = "/api"
Serve = Callable[[Target, Mapping[str, str], bytes], tuple[Reply, str | None]]
_JSON = "application/json"
# JSON-RPC 2.0, "Error object", and vAPI's own for headers that contradict what they stand above.
_PARSE, _REQUEST, _METHOD, _PARAMS, _OPERATION = -32700, -32600, -32601, -32602, -31001
_TEXTS = {
    _PARSE: "Parse error.",
    _REQUEST: "Invalid Request.",
    _METHOD: "Method not found.",
    _PARAMS: "Invalid params.",
    _OPERATION: "Mismatching operation identifier in HTTP header and payload.",
}
# What an error without a type of its own is, by its status.
_BY_STATUS = {401: "unauthenticated", 403: "unauthorized", 404: "not_found", 503: "service_unavailable"}


class _InvalidError(Exception):
    """The request is no invocation; carries JSON-RPC's code and the request's id."""

    def __init__(self, code: int, request_id: Any = None) -> None:
        super().__init__(code)
        self.code = code
        self.request_id = request_id


class Endpoint:
    """Serves the operations of a description whose operationIds are vAPI's; `serve` carries out a request of REST."""

    def __init__(self, api: Api, schemas: Schemas, requests: Requests, answers: Answers, serve: Serve) -> None:
        self._serve = serve
        self._answers = answers
        self._operations: dict[tuple[str, str], Operation] = {}
        if api.profile == "vapi":
            for operation in api.operations:
                if (names := service_and_operation(operation.operation_id)) is not None:
                    self._operations.setdefault(names, operation)
        structures = Structures(operation.operation_id for operation in api.operations)
        self._typed = Typed(schemas, structures)
        self._errors = {
            structures.name(name): {"$ref": f"#/components/schemas/{name}"}
            for name in schemas.data.get("components", {}).get("schemas", {})
            if structures.name(name).startswith(STANDARD_ERRORS)
        }
        self._translation = Translation(api.prefix, schemas, requests, api.security_schemes)

    def takes(self, target: Target) -> bool:
        """True for a request that is an invocation, where the description has operations to invoke."""
        return bool(self._operations) and target.method == "POST" and target.path == PATH

    def serve(self, headers: Mapping[str, str], body: bytes) -> tuple[Reply, str | None]:
        """Carry out an invocation; also returns the name of its operation if it was found."""
        try:
            request_id, params = _invocation(headers, body)
        except _InvalidError as error:
            answer = {"code": error.code, "message": _TEXTS[error.code]}
            return _reply({"jsonrpc": "2.0", "id": error.request_id, "error": answer}, 400), None
        reply, name, result = self._invoke(headers, params)
        if result is None:
            return reply, name
        return _reply({"jsonrpc": "2.0", "id": request_id, "result": result}, reply.status), name

    def _invoke(
        self, headers: Mapping[str, str], params: Mapping[str, Any]
    ) -> tuple[Reply, str | None, dict[str, Any] | None]:
        """The answer of REST, the operation's name, and the result; None for what is no answer of an operation."""
        kept = {name: value for name, value in headers.items() if name in ("accept", "accept-language", "user-agent")}
        if isinstance(language := params["ctx"]["appCtx"].get("accept-language"), str):
            kept["accept-language"] = language
        try:
            operation = self._find(params)
            target, more, body = self._translation.request(operation, _given(params))
        except Refusal as refusal:
            told = refusal.as_vapi(choose_language(kept.get("accept-language")))
            return Reply(refusal.status), None, {"error": self._error(told, refusal.status)}
        credentials = self._translation.credentials(params["ctx"]["securityCtx"])
        content = {"content-type": _JSON} if body else {}
        reply, name = self._serve(target, {**kept, **content, **more, **credentials}, body)
        if not reply.json:
            return reply, name, None
        if reply.status >= 400:
            known = isinstance(reply.body, dict)
            return reply, name, {"error": self._error(reply.body, reply.status)} if known else None
        value, schema = reply.body, self._answers.schema(operation, reply.status)
        if operation.enveloped and isinstance(value, dict):
            value, schema = value.get("value"), self._typed.member(schema, "value")
        output = self._typed.value(value, schema) if reply.content_type is not None else None
        return reply, name, {"output": output}

    def _find(self, params: Mapping[str, Any]) -> Operation:
        operation = self._operations.get((fold(params["serviceId"]), fold(params["operationId"])))
        if operation is None:
            named = f"{params['serviceId']}.{params['operationId']}"
            raise Refusal("OPERATION_NOT_FOUND", Message("api.invocation", (named,)))
        return operation

    def _error(self, body: Mapping[str, Any], status: int) -> Any:
        name = error_name(body, STANDARD_ERRORS + _BY_STATUS.get(status, "error"))
        schema = self._errors.get(name) or self._errors.get(f"{STANDARD_ERRORS}error", {})
        return self._typed.error(body, name, schema)


def _given(params: Mapping[str, Any]) -> dict[str, Any]:
    try:
        given = plain(params["input"])
    except MalformedValueError:
        raise Refusal("INVALID_ARGUMENT", Message("api.input")) from None
    return given if isinstance(given, dict) else {}


def _invocation(headers: Mapping[str, str], body: bytes) -> tuple[Any, dict[str, Any]]:
    """The id and the parameters of an invocation, complete.

    Raises:
        _InvalidError: It is none.
    """
    try:
        request = parse_json(body)
    except Refusal:
        raise _InvalidError(_PARSE) from None
    if not isinstance(request, dict) or request.get("jsonrpc") != "2.0":
        raise _InvalidError(_REQUEST)
    request_id = request.get("id")
    if request_id is not None and not isinstance(request_id, str | int):
        raise _InvalidError(_REQUEST)
    if request.get("method") != "invoke":
        raise _InvalidError(_METHOD, request_id)
    params = request.get("params")
    if not isinstance(params, dict) or not all(isinstance(params.get(n), str) for n in ("serviceId", "operationId")):
        raise _InvalidError(_PARAMS, request_id)
    for header, name in (("vapi-service", "serviceId"), ("vapi-operation", "operationId")):
        if headers.get(header, params[name]) != params[name]:
            raise _InvalidError(_OPERATION, request_id)
    context = params.get("ctx")
    contexts = (
        {name: context.get(name) or {} for name in ("appCtx", "securityCtx")} if isinstance(context, dict) else {}
    )
    if not contexts or not all(isinstance(part, dict) for part in contexts.values()):
        raise _InvalidError(_PARAMS, request_id)
    return request_id, {**params, "input": params.get("input"), "ctx": contexts}


def _reply(answer: dict[str, Any], outcome: int) -> Reply:
    """HTTP succeeds, whatever the invocation comes to."""
    return replace(Reply(200, answer, _JSON), outcome=outcome)
