"""Operations as a constant and a method."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from vcsdk.emitters.annotations import Annotator
from vcsdk.emitters.client.method_docs import argument_deprecations, deprecation, method_doc
from vcsdk.emitters.client.paging import paging_facts
from vcsdk.emitters.client.results import streams
from vcsdk.emitters.client.security import security, spelled
from vcsdk.emitters.client.signatures import Keyword, Signatures, is_merge_patch
from vcsdk.emitters.client.views import OperationView
from vcsdk.emitters.filters import identifier, python_literal
from vcsdk.emitters.imports import Imports
from vcsdk.emitters.models.structs import is_class
from vcsdk.ir import ANY, Api, Argument, In, Media, Operation, Parameter, Part, Response, Safety, Type
from vcsdk.ir.finite import all_fields
from vcsdk.ir.media import is_form, is_json, read, sent
from vcsdk.ir.pairs import holds_pairs
from vcsdk.naming.arguments import flattened_body

_JSON = "application/json"
_STYLE = {In.PATH: "simple", In.QUERY: "form", In.HEADER: "simple", In.COOKIE: "form"}


class OperationWriter(msgspec.Struct, frozen=True):
    """Writes the operations of one module.

    `types` spells types in the body of the module, where constants stand; `signatures` those inside the class, where
    methods hide names.  `constants` are the names of the constants of the whole API by operation key, `pairs` the
    keys of the schemas whose values can hold maps that travel as lists of pairs.
    """

    api: Api
    types: Annotator
    signatures: Signatures
    constants: Mapping[str, str]
    pairs: frozenset[str]

    @property
    def imports(self) -> Imports:
        """The imports of the module."""
        return self.types.imports

    def view(self, operation: Operation) -> OperationView:
        """The method and its constant."""
        result = self.signatures.result(operation)
        returns, async_returns = self.signatures.returns(operation)
        taken = {argument.name for argument in operation.arguments}
        keywords = tuple(self.signatures.keywords(operation))
        prepare, body = self._body_value(operation, keywords)
        paged = self.signatures.is_paged(operation)
        return OperationView(
            name=identifier(operation.name),
            constant=self.constants[operation.key],
            facts=tuple(self._facts(operation, result)),
            parameters=_signature(keywords),
            async_parameters=_signature(self.signatures.keywords(operation, asynchronous=True)),
            returns=returns,
            result=_free("task" if operation.task else "answer", taken),
            async_returns=async_returns,
            hidden=tuple(self._hidden(keywords)),
            prepare=prepare,
            verb="start" if operation.task else "stream" if streams(operation) else "paged" if paged else "call",
            paged=paged,
            call=tuple(self._call(operation, body)),
            doc=method_doc(self.api, operation, result, paged=paged),
            also=tuple(identifier(name) for name in operation.also),
            deprecated=self._deprecated(operation),
        )

    def _deprecated(self, operation: Operation) -> str:
        if operation.deprecated:
            message = python_literal(deprecation(operation))
            return f"@{self.signatures.types.runtime('deprecated')}({message})"
        if messages := argument_deprecations(operation):
            return f"@{self.signatures.types.runtime('deprecated_arguments')}({python_literal(messages)})"
        return ""

    def _facts(self, operation: Operation, result: Type | None) -> list[str]:
        literal = python_literal
        rows = [
            f"name={literal(operation.python_path)}",
            f"method={literal(operation.method)}",
            f"path={literal(operation.path)}",
        ]
        if operation.fixed_query:
            rows.append(f"query=({' '.join(_pair(*pair) + ',' for pair in operation.fixed_query)})")
        if operation.fixed_headers:
            rows.append(f"headers=({' '.join(_pair(*pair) + ',' for pair in operation.fixed_headers)})")
        if operation.parameters:
            rows.append(f"parameters=({' '.join(self._parameter(p) + ',' for p in operation.parameters)})")
        if operation.body is not None:
            rows.append(f"body={self._body(operation)}")
        rows.append("answers={" + ", ".join(self._answer(r) for r in operation.responses) + "}")
        rows.append(f"security={spelled(security(self.api, operation))}")
        if operation.server:
            rows.append(f"server={literal(operation.server)}")
        if operation.safety is Safety.READ:
            rows.append("safe=True")
        if operation.safety is Safety.DESTRUCTIVE:
            rows.append("destructive=True")
        if operation.task:
            rows.append("task=True")
            if result is not None:
                rows.append(f"result={self.types.spell(result)}")
        if self.signatures.is_paged(operation):
            rows.append(f"paging={paging_facts(operation, self.types)}")
        outcome = self._outcome(operation)
        return [*rows, f"outcome={outcome}"] if outcome else rows

    def _parameter(self, parameter: Parameter) -> str:
        rows = [python_literal(text) for text in (parameter.name, parameter.wire_name, str(parameter.location))]
        style = parameter.style or _STYLE[parameter.location]
        if style != _STYLE[parameter.location]:
            rows.append(f"style={python_literal(style)}")
        if parameter.explode != (style == "form"):
            rows.append(f"explode={parameter.explode}")
        if parameter.inner:
            rows.append(f"inner={python_literal(parameter.inner)}")
        if parameter.required:
            rows.append("required=True")
        rows.append(f"type={self.types.spell(parameter.type)}")
        if parameter.allow_reserved:
            rows.append("allow_reserved=True")
        if parameter.content_type is not None:
            rows.append(f"content_type={python_literal(parameter.content_type)}")
        if holds_pairs(parameter.type, self.pairs):
            rows.append("pairs=True")
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
        if is_json(media.content_type) and media.type is not None and self.types.accepts_none(media.type):
            rows.append("nullable=True")
        if media.encoding:
            parts = (f"{python_literal(part.name)}: {self._part(part)}" for part in media.encoding)
            rows.append(f"encoding={{{', '.join(parts)}}}")
        if media.type is not None and holds_pairs(media.type, self.pairs):
            rows.append("pairs=True")
        return f"{self.imports.runtime('Body')}({', '.join(rows)})"

    def _part(self, part: Part) -> str:
        if part == Part(part.name, part.content_type):
            return python_literal(part.content_type)
        names = ("content_type", "style", "explode", "inner", "allow_reserved", "headers", "verbatim")
        given = [(name, getattr(part, name)) for name in names if getattr(part, name) not in (None, (), "")]
        rows = [f"{name}={python_literal(value)}" for name, value in given if value is not False or name == "explode"]
        return f"{self.imports.runtime('Part')}({', '.join(rows)})"

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
        if media.is_text:
            rows.append("text=True")
        return f"{self.imports.runtime('Answer')}({', '.join(rows)})"

    def _outcome(self, operation: Operation) -> str:
        outcome = operation.outcome
        if outcome is None:
            return ""
        target = next((o for o in self.api.operations if o.operation_id == outcome.operation), None)
        if target is None:
            return ""
        module = self.api.resources[target.resource].module
        constant = self.imports.own(module, self.constants[target.key])
        values = ", ".join(python_literal(v) for v in (outcome.properties, outcome.path, outcome.equals))
        return f"{self.imports.runtime('Outcome')}({constant}, {values})"

    def _call(self, operation: Operation, body: str) -> list[str]:
        pairs = [f"{python_literal(a.name)}: {a.name}" for a in operation.arguments if a.source in set(In)]
        rows = [self.constants[operation.key], "{" + ", ".join(pairs) + "}"]
        rows += [f"body={body}"] if body else []
        rows += [f"content_type={a.name}" for a in operation.arguments if a.source == "content-type"]
        return [*rows, "timeout=timeout"]

    def _hidden(self, keywords: Sequence[Keyword]) -> Iterator[str]:
        """A secret may be given as a plain text, which a traceback with locals would show."""
        secret = self.signatures.types.runtime("Secret") if any("Secret" in k.annotation for k in keywords) else None
        for keyword in keywords:
            if (keyword.declared or keyword.annotation).split(" | ")[0] == secret:
                yield hiding(keyword.name, self.imports)

    def _body_value(self, operation: Operation, keywords: Sequence[Keyword]) -> tuple[str, str]:
        """A statement that makes the body, where one is needed, and the expression that is passed on."""
        whole = next((a for a in operation.arguments if a.source == "body"), None)
        if whole is not None:
            return "", whole.name
        struct = flattened_body(operation.body, self.api.schemas)
        if operation.body is None or struct is None:
            return "", ""
        given = {a.wire_name: a for a in operation.arguments if a.source == "field"}
        pairs = [(f.name, given[f.wire_name]) for f in all_fields(struct, self.api.schemas) if f.wire_name in given]
        if any(self.signatures.is_file(operation, a) for _, a in pairs):
            # A model of the form would hold bytes only.
            alone = all(is_form(media.content_type) for media in operation.body.content)
            arguments = [a for _, a in pairs]
            call = _dict_of(arguments) if alone else self._given(arguments, keywords)
        elif is_merge_patch(operation):
            unset = self.signatures.types.use("msgspec", "UNSET")
            given_pairs = _dict_of(a for _, a in pairs)
            call = f"{{name: value for name, value in {given_pairs}.items() if value is not {unset}}}"
        elif is_class(struct, self.api.schemas):
            declared = {keyword.name: keyword.declared for keyword in keywords}
            fields = (f"{name}={self._as_declared(a.name, declared)}" for name, a in pairs)
            call = f"{self.types.schema(struct.key)}({', '.join(fields)})"
        else:
            call = self._given([a for _, a in pairs], keywords)
        if operation.body.required or not pairs:
            return "", call
        # An optional body without a value is not sent at all, which is not the same as an empty object.
        names = {argument.name for _, argument in pairs}
        absent = " and ".join(f"{k.name} is {k.default}" for k in keywords if k.name in names)
        return f"body = None if {absent} else {call}", "body"

    def _given(self, arguments: Sequence[Argument], keywords: Sequence[Keyword]) -> str:
        """A dict of the properties that were given: null only where it differs from absence."""
        defaults = {keyword.name: keyword.default for keyword in keywords}
        accepts_none = self.signatures.types.accepts_none
        nullable = [
            argument.wire_name
            for argument in arguments
            if defaults[identifier(argument.name)] != "None" and accepts_none(argument.type)
        ]
        is_given = "value is not None"
        if nullable:
            is_given = f"(value is not None or name in {python_literal(tuple(nullable))})"
        if any(defaults[identifier(argument.name)] not in (None, "None") for argument in arguments):
            is_given = f"value is not {self.signatures.types.use('msgspec', 'UNSET')} and {is_given}"
        return f"{{name: value for name, value in {_dict_of(arguments)}.items() if {is_given}}}"

    def _as_declared(self, name: str, declared: Mapping[str, str]) -> str:
        """An argument for a type checker that has to take it for the declared type; a text is as good on the wire."""
        kind = declared.get(identifier(name))
        # In the method the arguments hide what the module imports.
        return f"{self.imports.use('typing', 'cast', declared)}({python_literal(kind)}, {name})" if kind else name


def _dict_of(arguments: Iterable[Argument]) -> str:
    return "{" + ", ".join(f"{python_literal(each.wire_name)}: {each.name}" for each in arguments) + "}"


def hiding(name: str, imports: Imports) -> str:
    """The statement that hides what an argument was given."""
    return f"{name} = {imports.own('_runtime', 'hidden', {'hidden'})}({name})"


def _signature(keywords: Iterable[Keyword]) -> tuple[str, ...]:
    """What stands in the parentheses behind `self`; `timeout` at least is given by keyword."""
    found = tuple(keywords)
    placed = tuple(each.source for each in found if each.by_place)
    return (*placed, "*", *(each.source for each in found if not each.by_place))


def _free(name: str, taken: Collection[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _pair(key: str, value: str) -> str:
    return f"({python_literal(key)}, {python_literal(value)})"
