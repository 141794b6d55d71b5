"""Operations as a constant and a method."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from vcsdk.emitters.annotations import Annotator
from vcsdk.emitters.client.call_views import OperationView
from vcsdk.emitters.client.method_docs import method_doc
from vcsdk.emitters.client.results import result_type, without_task
from vcsdk.emitters.client.security import security
from vcsdk.emitters.filters import identifier, python_literal
from vcsdk.emitters.imports import Imports
from vcsdk.emitters.models.structs import is_class
from vcsdk.ir import (
    ANY,
    Api,
    Argument,
    Array,
    In,
    Kind,
    Media,
    Nullable,
    Operation,
    Parameter,
    Response,
    Safety,
    Scalar,
    Type,
)
from vcsdk.ir.media import MULTIPART, TEXT, essence, is_raw, read, sent
from vcsdk.naming.arguments import all_fields, flattened_body

_JSON = "application/json"
_STYLE = {In.PATH: "simple", In.QUERY: "form", In.HEADER: "simple", In.COOKIE: "form"}


class OperationWriter(msgspec.Struct, frozen=True):
    """Writes the operations of one module.

    `types` spells types in the body of the module, where constants stand; `signatures` inside the class, where
    methods hide names.  `constants` are the names of the constants of the whole API by operation key.
    """

    api: Api
    types: Annotator
    signatures: Annotator
    constants: Mapping[str, str]
    twins: Mapping[tuple[object, ...], Operation] = msgspec.field(default_factory=dict)

    @property
    def imports(self) -> Imports:
        """The imports of the module."""
        return self.types.imports

    def view(self, operation: Operation) -> OperationView:
        """The method and its constant."""
        result = self._result(operation)
        spelled = self.signatures.spell(result) if result is not None else "None"
        returns, async_returns = spelled, spelled
        if operation.task:
            returns = f"{self.imports.runtime('Task', self.signatures.shadowed)}[{spelled}]"
            async_returns = f"{self.imports.runtime('AsyncTask', self.signatures.shadowed)}[{spelled}]"
        taken = {argument.name for argument in operation.arguments}
        prepare, body = self._body_value(operation)
        return OperationView(
            name=identifier(operation.name),
            constant=self.constants[operation.key],
            facts=tuple(self._facts(operation, result)),
            parameters=tuple(self._parameters(operation, asynchronous=False)),
            async_parameters=tuple(self._parameters(operation, asynchronous=True)),
            returns=returns,
            result=_free("task" if operation.task else "answer", taken),
            async_returns=async_returns,
            prepare=prepare,
            verb="start" if operation.task else "call",
            call=tuple(self._call(operation, body)),
            doc=method_doc(self.api, operation, result),
        )

    def _facts(self, operation: Operation, result: Type | None) -> list[str]:
        literal = python_literal
        rows = [
            f"name={literal(operation.python_path)}",
            f"method={literal(operation.method)}",
            f"path={literal(operation.path)}",
        ]
        if operation.fixed_query:
            rows.append(f"query=({' '.join(_pair(*pair) + ',' for pair in operation.fixed_query)})")
        if operation.parameters:
            rows.append(f"parameters=({' '.join(self._parameter(p) + ',' for p in operation.parameters)})")
        if operation.body is not None:
            rows.append(f"body={self._body(operation)}")
        rows.append("answers={" + ", ".join(self._answer(r) for r in operation.responses) + "}")
        rows.append(f"security={literal(security(self.api, operation))}")
        if operation.safety is Safety.READ:
            rows.append("safe=True")
        if operation.disrupts_connection:
            rows.append("disrupts=True")
        if operation.task:
            rows.append("task=True")
            if result is not None:
                rows.append(f"result={self.types.spell(result)}")
        outcome = self._outcome(operation)
        return [*rows, f"outcome={outcome}"] if outcome else rows

    def _parameter(self, parameter: Parameter) -> str:
        rows = [python_literal(text) for text in (parameter.name, parameter.wire_name, str(parameter.location))]
        style = parameter.style or _STYLE[parameter.location]
        if style != _STYLE[parameter.location]:
            rows.append(f"style={python_literal(style)}")
        if parameter.explode != (style == "form"):
            rows.append(f"explode={parameter.explode}")
        if parameter.required:
            rows.append("required=True")
        rows.append(f"type={self.types.spell(parameter.type)}")
        if parameter.allow_reserved:
            rows.append("allow_reserved=True")
        if parameter.content_type is not None:
            rows.append(f"content_type={python_literal(parameter.content_type)}")
        return f"{self.imports.runtime('Parameter')}({', '.join(rows)})"

    def _body(self, operation: Operation) -> str:
        assert operation.body is not None  # noqa: S101  the caller looked
        optional = ["required=False"] if not operation.body.required else []
        bodies = [self._sent(media, optional) for media in sent(operation.body)]
        if not bodies:
            return f"{self.imports.runtime('Body')}({', '.join([self.types.spell(ANY), *optional])})"
        return bodies[0] if len(bodies) == 1 else f"({', '.join(bodies)})"

    def _sent(self, media: Media, optional: list[str]) -> str:
        rows = [self.types.spell(media.type if media.type is not None else ANY)]
        if media.content_type != _JSON:
            rows.append(f"content_type={python_literal(media.content_type)}")
        rows += optional
        if media.encoding:
            rows.append(f"encoding={python_literal(dict(media.encoding))}")
        return f"{self.imports.runtime('Body')}({', '.join(rows)})"

    def _answer(self, response: Response) -> str:
        answers = [self._media(media) for media in read(response)] or [f"{self.imports.runtime('Answer')}()"]
        value = answers[0] if len(answers) == 1 else f"({', '.join(answers)})"
        return f"{python_literal(response.status)}: {value}"

    def _media(self, media: Media) -> str:
        rows = [self.types.spell(media.type if media.type is not None else ANY)]
        if media.content_type != _JSON:
            rows.append(f"content_type={python_literal(media.content_type)}")
        if media.envelope:
            rows.append("envelope=True")
        return f"{self.imports.runtime('Answer')}({', '.join(rows)})"

    def _outcome(self, operation: Operation) -> str:
        outcome = operation.outcome
        target = next((o for o in self.api.operations if outcome and o.operation_id == outcome.operation), None)
        if outcome is None or target is None:
            return ""
        module = self.api.resources[target.resource].module
        constant = self.imports.own(module, self.constants[target.key])
        values = ", ".join(python_literal(v) for v in (outcome.properties, outcome.path, outcome.equals))
        return f"{self.imports.runtime('Outcome')}({constant}, {values})"

    def _result(self, operation: Operation) -> Type | None:
        """What the method gives back, or what its task does: the type of the twin that answers at once."""
        if operation.task:
            twin = self.twins.get(without_task(operation))
            return result_type(twin) if twin is not None else None
        return result_type(operation)

    def _parameters(self, operation: Operation, *, asynchronous: bool) -> list[str]:
        rows = []
        for argument in operation.arguments:
            annotation, default = self._argument(operation, argument, asynchronous=asynchronous)
            rows.append(f"{identifier(argument.name)}: {annotation}{default}")
        number = self.imports.builtin("float", self.signatures.shadowed)
        return [*rows, f"timeout: {number} | None = None"]

    def _argument(self, operation: Operation, argument: Argument, *, asynchronous: bool) -> tuple[str, str]:
        if argument.source == "content-type" and operation.body is not None:
            offered = ", ".join(python_literal(media.content_type) for media in sent(operation.body))
            literal = self.imports.use("typing", "Literal", self.signatures.shadowed)
            return f"{literal}[{offered}]", f" = {python_literal(argument.default)}"
        special = self._raw(operation, argument, asynchronous=asynchronous)
        if special:
            return (special, "") if argument.required else (f"{special} | None", " = None")
        if argument.required:
            return self.signatures.spell(argument.type), ""
        if self._may_be_null(argument):
            unset = self.imports.use("msgspec", "UnsetType", self.signatures.shadowed)
            default = self.imports.use("msgspec", "UNSET", self.signatures.shadowed)
            return f"{self.signatures.spell(argument.type)} | {unset}", f" = {default}"
        return self.signatures.optional(argument.type), " = None"

    def _raw(self, operation: Operation, argument: Argument, *, asynchronous: bool) -> str:
        """The annotation of what is sent piece by piece: a raw body or a file of a form; "" for anything else."""
        if operation.body is None:
            return ""
        offered = sent(operation.body)
        if argument.source == "body" and any(is_raw(media.content_type) for media in offered):
            content = self.imports.runtime("AsyncContent" if asynchronous else "Content", self.signatures.shadowed)
            spelled = [
                content if is_raw(media.content_type) else self.signatures.spell(media.type or ANY) for media in offered
            ]
            text = (
                [self._builtin_text()]
                if any(media.type == TEXT and is_raw(media.content_type) for media in offered)
                else []
            )
            return " | ".join(dict.fromkeys([*spelled, *text]))
        if argument.source == "field" and _is_multipart(operation):
            part = self.imports.runtime("FilePart", self.signatures.shadowed) if _files(argument.type) else ""
            many = isinstance(argument.type, Array)
            return f"{self.imports.builtin('list', self.signatures.shadowed)}[{part}]" if part and many else part
        return ""

    def _builtin_text(self) -> str:
        return self.imports.builtin("str", self.signatures.shadowed)

    def _may_be_null(self, argument: Argument) -> bool:
        """True for a property of the body that can be absent or null, two different things."""
        types = self.signatures
        return argument.source == "field" and types.accepts_none(argument.type) and not types.is_any(argument.type)

    def _call(self, operation: Operation, body: str) -> list[str]:
        pairs = [f"{python_literal(a.name)}: {a.name}" for a in operation.arguments if a.source in set(In)]
        rows = [self.constants[operation.key], "{" + ", ".join(pairs) + "}"]
        rows += [f"body={body}"] if body else []
        rows += [f"content_type={a.name}" for a in operation.arguments if a.source == "content-type"]
        return [*rows, "timeout=timeout"]

    def _body_value(self, operation: Operation) -> tuple[str, str]:
        """A statement that makes the body, where one is needed, and the expression that is passed on."""
        whole = next((a for a in operation.arguments if a.source == "body"), None)
        if whole is not None:
            return "", whole.name
        struct = flattened_body(operation.body, self.api.schemas)
        if operation.body is None or struct is None:
            return "", ""
        given = {a.wire_name: a for a in operation.arguments if a.source == "field"}
        pairs = [(f.name, given[f.wire_name]) for f in all_fields(struct, self.api.schemas) if f.wire_name in given]
        if _is_multipart(operation) and any(_files(a.type) for _, a in pairs):
            # A model of the form would hold bytes only.
            call = "{" + ", ".join(f"{python_literal(a.wire_name)}: {a.name}" for _, a in pairs) + "}"
        elif is_class(struct, self.api.schemas):
            call = f"{self.types.schema(struct.key)}({', '.join(f'{name}={a.name}' for name, a in pairs)})"
        else:
            given_pairs = ", ".join(f"{python_literal(a.wire_name)}: {a.name}" for _, a in pairs)
            call = f"{{name: value for name, value in {{{given_pairs}}}.items() if value is not None}}"
        if operation.body.required or not pairs:
            return "", call
        # An optional body without a value is not sent at all, which is not the same as an empty object.
        absent = " and ".join(f"{a.name} is {'UNSET' if self._may_be_null(a) else 'None'}" for _, a in pairs)
        return f"body = None if {absent} else {call}", "body"


def _is_multipart(operation: Operation) -> bool:
    return operation.body is not None and any(essence(m.content_type) == MULTIPART for m in operation.body.content)


def _files(type_: Type) -> bool:
    """True for a file in a form, or a list of files."""
    if isinstance(type_, Nullable):
        return _files(type_.type)
    inner = type_.items if isinstance(type_, Array) else type_
    return isinstance(inner, Scalar) and inner.kind is Kind.BINARY


def _free(name: str, taken: Collection[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _pair(key: str, value: str) -> str:
    return f"({python_literal(key)}, {python_literal(value)})"
