"""Uses a generated package as far as it goes, with httpx2 and msgspec alone.  Run by itself.

`python -I -S using.py PLAN RESULT`: the plan is what `asking` writes, the result a list of what went wrong, what was
counted, and each request that a server got.
"""

from __future__ import annotations

import base64
import importlib
import importlib.util
import json
import pkgutil
import sys
import typing
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FORBIDDEN = ("vcsdk", "pydantic", "httpx", "yaml", "jsonschema_rs", "schemathesis")


class Use:
    """A package in use."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.name: str = plan["module"]
        self.faults: list[tuple[str, str, str]] = []
        self.counted: Counter[str] = Counter()
        self.sent: list[dict[str, Any]] = []

    def fault(self, kind: str, where: str, what: object) -> None:
        """Note what went wrong; an exception by its type and first line."""
        text = f"{type(what).__name__}: {what}" if isinstance(what, BaseException) else str(what)
        self.faults.append((kind, where, text.splitlines()[0][:300] if text else ""))

    def run(self) -> None:
        """Everything; what cannot even be imported is not used further."""
        for name in FORBIDDEN:
            if importlib.util.find_spec(name) is not None:
                raise RuntimeError(f"{name} can be imported here")
        modules = list(self._modules())
        if self.faults:
            return
        for module in modules:
            self._operations(module)
            self._signatures(module)
        self._decoders()
        self._values()
        self._calls()

    def _modules(self) -> Iterator[Any]:
        try:
            package = importlib.import_module(self.name)
            yield package
        except Exception as error:
            self.fault("import", self.name, error)
            return
        for found in pkgutil.walk_packages(package.__path__, f"{self.name}."):
            try:
                yield importlib.import_module(found.name)
                self.counted["modules"] += 1
            except Exception as error:
                self.fault("import", found.name, error)
        for name in getattr(package, "__all__", ()):
            getattr(package, name)

    def _operations(self, module: Any) -> None:
        kind = importlib.import_module(f"{self.name}._runtime.operation").Operation
        for operation in [value for value in vars(module).values() if isinstance(value, kind)]:
            bodies = operation.body if isinstance(operation.body, tuple) else (operation.body,)
            answers = [
                a for given in operation.answers.values() for a in (given if isinstance(given, tuple) else (given,))
            ]
            for part in (*bodies, *answers):
                if part is not None and part.type is not None and "json" in part.content_type:
                    try:
                        _ = part.decoder
                        self.counted["decoders"] += 1
                    except Exception as error:
                        self.fault("decoder", operation.name, error)
            _ = operation.segments, operation.accept, operation.request_line

    def _signatures(self, module: Any) -> None:
        if not module.__name__.startswith(f"{self.name}.resources."):
            return
        for kind in [value for value in vars(module).values() if isinstance(value, type)]:
            for name, method in vars(kind).items():
                if kind.__module__ == module.__name__ and callable(method) and not name.startswith("_"):
                    try:
                        typing.get_type_hints(method)
                        self.counted["signatures"] += 1
                    except Exception as error:
                        self.fault("signature", f"{module.__name__}.{kind.__name__}.{name}", error)

    def _decoders(self) -> None:
        models = importlib.import_module(f"{self.name}.models")
        for name in models.__all__:
            try:
                self._decoder(getattr(models, name))
                self.counted["decoders"] += 1
            except Exception as error:
                self.fault("decoder", name, error)

    def _decoder(self, kind: Any) -> Any:
        operation = importlib.import_module(f"{self.name}._runtime.operation")
        if (known := getattr(kind, "__known__", None)) is not None:
            operation.Answer(known).decoder  # noqa: B018
        return operation.Answer(kind).decoder

    def _values(self) -> None:
        import msgspec

        from tests.oracle.alike import differences

        models = importlib.import_module(f"{self.name}.models")
        secret = importlib.import_module(f"{self.name}._runtime.secret")
        as_pairs = self._as_pairs()
        known = frozenset(self.plan["known"])
        tags = frozenset(self.plan["tags"])
        for name, kind_name, value in self.plan["values"]:
            self.counted["values"] += 1
            try:
                kind = getattr(models, kind_name)
                decoded = self._decoded(kind, json.dumps(value).encode())
                back = msgspec.json.encode(decoded, enc_hook=secret.enc_hook)
                again = msgspec.json.encode(self._decoded(kind, back), enc_hook=secret.enc_hook)
                encoded = as_pairs(json.loads(back), kind)
                own = [encoded] if not hasattr(decoded, "to_dict") else list(self._own_forms(decoded))
            except Exception as error:
                self.fault("value", name, f"{type(error).__name__}: {error}: {json.dumps(value)[:200]}")
                continue
            said = sorted(set(differences(encoded, value, known, tags)))
            if any(form != encoded for form in own):
                said.append("is another by to_dict, to_json, from_dict or from_json")
            if back != again:
                said.append("is another after a second time")
            for each in said:
                self.fault("value", name, f"{each}: {json.dumps(value)[:200]}")

    def _own_forms(self, model: Any) -> Iterator[Any]:
        plain, text = model.to_dict(reveal=True), model.to_json(reveal=True)
        yield from (plain, json.loads(text))
        yield from (each.to_dict(reveal=True) for each in (type(model).from_dict(plain), type(model).from_json(text)))

    def _decoded(self, kind: Any, text: bytes) -> Any:
        """As an answer is: what the native decoder refuses is read once more."""
        import msgspec

        again = importlib.import_module(f"{self.name}._runtime.again")
        try:
            return self._decoder(kind).decode(text)
        except msgspec.ValidationError as error:
            try:
                return again.read_again(text, kind)
            except msgspec.ValidationError:
                raise error from None

    def _as_pairs(self) -> Any:
        name = f"{self.name}._runtime.vapi.sending"
        if importlib.util.find_spec(f"{self.name}._runtime.vapi") is None or importlib.util.find_spec(name) is None:
            return lambda value, kind: value
        return importlib.import_module(name).as_pairs

    def _calls(self) -> None:
        from tests.oracle import calling
        from tests.wire.client.recording import recording

        package = importlib.import_module(self.name)
        errors = importlib.import_module(f"{self.name}.errors")
        with recording() as server:
            client = getattr(package, self.plan["client"])(server.origin, retries=0, timeout=20)
            for number, call in enumerate(self.plan["calls"]):
                parameters = {(place, wire): value for place, wire, value in call["parameters"]}
                body = call.get("body", calling.ABSENT)
                given = calling.Given(
                    call["method"], call["module"], call["constant"], call["keywords"], parameters, body
                )
                self._without_security(given)
                server.requests.clear()
                try:
                    calling.method(client, given.method)(**dict(calling.keywords(self.name, given)))
                except (errors.ApiError, errors.UnexpectedAnswer):
                    pass
                except Exception as error:
                    self.fault("call", given.method, error)
                    continue
                self.counted["calls"] += 1
                if len(server.requests) != 1:
                    self.fault("call", given.method, f"{len(server.requests)} requests")
                    continue
                (request,) = server.requests
                self.sent.append(
                    {
                        "call": number,
                        "method": request.method,
                        "target": request.target,
                        "headers": request.headers,
                        "body": base64.b64encode(request.body).decode(),
                    }
                )

    def _without_security(self, given: Any) -> None:
        """Credentials have tests of their own; here each operation is sent as it is."""
        import msgspec

        module = importlib.import_module(f"{self.name}.{given.module}")
        operation = getattr(module, given.constant)
        setattr(module, given.constant, msgspec.structs.replace(operation, security=((),)))


def main(plan_file: str, result_file: str) -> None:
    plan = json.loads(Path(plan_file).read_text(encoding="utf-8"))
    sys.path[:0] = plan["path"]
    use = Use(plan)
    use.run()
    result = {"faults": use.faults, "counted": use.counted, "sent": use.sent}
    Path(result_file).write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
