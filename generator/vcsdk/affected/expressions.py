"""What expressions come to, and which uses of the package they are."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from vcsdk.affected.calling import called, filled
from vcsdk.affected.foreign import builtin, fetched, foreign, object_of, union
from vcsdk.affected.keywords import keys_of, text
from vcsdk.affected.package import GENERIC, Package, generic
from vcsdk.affected.program import Function, Program, Scope, values
from vcsdk.affected.uses import Accessed, Named, Spot, Unknown, Use, spot
from vcsdk.affected.values import (
    NOTHING,
    Annotation,
    Box,
    Builtin,
    ClassItself,
    Foreign,
    Getter,
    Many,
    Method,
    Object,
    Opening,
    OwnClass,
    OwnFunction,
    OwnModule,
    OwnObject,
    PackageModule,
    Several,
    Text,
    Value,
    Values,
    depth,
)

_DEEPEST = 4
_OPENINGS = {
    "Task": {"wait"},
    "AsyncTask": {"wait"},
    "RawResponse": {"parsed", "value"},
    "Paged": {"pages", "pages_"},
    "Pages": {"by_page"},
}
_RAW = frozenset({"with_raw_response", "with_streaming_response"})
_LIST_METHODS = frozenset({"items", "values", "keys", "get", "pop", "copy", "setdefault", "popleft", "popitem"})
_FILLING = frozenset({"append", "add", "extend", "insert", "appendleft"})


class Expressions:
    """Works out expressions.  Uses are noted once `noting` is set, when all names are known."""

    def __init__(self, package: Package, program: Program) -> None:
        self.package = package
        self.program = program
        self.noting = False
        self.spots: dict[Spot, None] = {}

    def note(self, scope: Scope, node: ast.AST, use: Use) -> None:
        """Keep a use, at the name of an attribute or at the node."""
        if not self.noting:
            return
        found = spot(scope.module.file, node, use, scope.module.source)
        if isinstance(node, ast.Attribute) and node.end_lineno is not None and node.end_col_offset is not None:
            end = ast.Name(node.attr, lineno=node.end_lineno, col_offset=node.end_col_offset - len(node.attr.encode()))
            found = spot(scope.module.file, end, use, scope.module.source)
        self.spots.setdefault(found)

    def of(self, node: ast.expr | None, scope: Scope) -> Values:
        """What an expression may come to; NOTHING for what does not matter or cannot be told."""
        if node is None:
            return NOTHING
        found = self._of(node, scope)
        return frozenset(value for value in found if depth(value) <= _DEEPEST)

    def _of(self, node: ast.expr, scope: Scope) -> Values:
        match node:
            case ast.Name(name):
                found = _looked_up(scope, name)
                self._named(found, scope, node)
                return found
            case ast.Attribute():
                return self._attribute(node, scope)
            case ast.Call():
                return self._call(node, scope)
            case ast.Await(inner) | ast.Starred(inner):
                return self.of(inner, scope)
            case ast.NamedExpr(target, inner):
                found = self.of(inner, scope)
                self.assign(target, found, scope)
                return found
            case ast.IfExp(test, one, other):
                self.of(test, scope)
                return self.of(one, scope) | self.of(other, scope)
            case ast.BoolOp(_, parts):
                return union(self.of(part, scope) for part in parts)
            case ast.Subscript(outer, index):
                of = self.of(outer, scope)
                if all(isinstance(each, Foreign) for each in of) and _last_name(outer) in GENERIC:
                    found = self.type_of(node, scope)
                    return frozenset({Annotation(found)}) if found else NOTHING
                return self._item(of, index, scope)
            case ast.BinOp(left, ast.BitOr(), right):
                both = self.of(left, scope) | self.of(right, scope)
                return frozenset(each for each in both if isinstance(each, ClassItself | OwnClass | Annotation | Many))
            case ast.Lambda():
                return self.function(node, scope)
        return self._display(node, scope)

    def _display(self, node: ast.expr, scope: Scope) -> Values:
        match node:
            case ast.Constant(str() as said):
                return frozenset({Text(said)})
            case ast.List(parts) | ast.Set(parts):
                return frozenset({Many(union(self.of(part, scope) for part in parts))})
            case ast.Tuple(parts):
                return frozenset({Several(tuple(self.of(part, scope) for part in parts))})
            case ast.Dict(keys, inner_values):
                at = union(self.of(key, scope) for key in keys)
                return frozenset({Many(at, union(self.of(each, scope) for each in inner_values), keys_of(node))})
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                self.generators(node.generators, scope)
                return frozenset({Many(self.of(node.elt, scope))})
            case ast.DictComp():
                self.generators(node.generators, scope)
                return frozenset({Many(self.of(node.key, scope), self.of(node.value, scope))})
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.of(child, scope)
        return NOTHING

    def _named(self, found: Values, scope: Scope, node: ast.expr) -> None:
        for value in found:
            if isinstance(value, ClassItself):
                module, _, name = value.symbol.rpartition(".")
                self.note(scope, node, Named(module, name, value.symbol))

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Values:
        bases = self.of(node.value, scope)
        if all(isinstance(base, Foreign) for base in bases):
            self.note(scope, node, Unknown(node.attr, "what it is an attribute of cannot be told"))
        return union(self.attribute(base, node.attr, scope, node) for base in bases)

    def attribute(self, base: Value, name: str, scope: Scope, node: ast.expr) -> Values:
        """An attribute of a value."""
        match base:
            case Object(symbol) | ClassItself(symbol):
                found = self.package.attribute(symbol, name, of_class=isinstance(base, ClassItself))
                if found is not None:
                    self.note(scope, node, Accessed(found[0], name))
                    return found[1]
                if isinstance(base, Object) and name in (*_RAW, "with_options"):
                    return frozenset({Builtin(name, base)})
                if isinstance(base, ClassItself) and name == "from_env":
                    return frozenset({Opening(frozenset({Object(symbol)}))})
            case PackageModule(module):
                found_there = self.package.member(module, name)
                if found_there:
                    symbol = next((v.symbol for v in found_there if isinstance(v, ClassItself)), f"{module}.{name}")
                    self.note(scope, node, Named(module, name, symbol.strip(".")))
                return found_there
            case OwnModule(number):
                return values(self.program.modules[number].scope.names.get(name, ()))
            case OwnObject(number) | OwnClass(number):
                return self._own_attribute(number, name, scope, node, bound=isinstance(base, OwnObject))
            case Box(kind, items):
                return frozenset({Opening(items)}) if name in _OPENINGS.get(kind, ()) else NOTHING
            case Many():
                if name in _LIST_METHODS or name in _FILLING:
                    return frozenset({Builtin(name, base)})
        return NOTHING

    def _own_attribute(self, number: int, name: str, scope: Scope, node: ast.expr, *, bound: bool) -> Values:
        class_ = self.program.classes[number]
        found = values(class_.attributes.get(name, ()))
        if found:
            return frozenset(
                OwnFunction(value.number, bound=True) if bound and isinstance(value, OwnFunction) else value
                for value in found
            )
        inherited = (OwnObject(b.number) if isinstance(b, OwnClass) else b for b in values(class_.bases))
        turned = (Object(b.symbol) if bound and isinstance(b, ClassItself) else b for b in inherited)
        return union(self.attribute(base, name, scope, node) for base in turned if base != OwnObject(number))

    def _item(self, outer: Values, index: ast.expr, scope: Scope) -> Values:
        self.of(index, scope)
        found: set[Value] = set()
        for value in outer:
            match value:
                case Many(items, held):
                    found |= (held if held is not None else items) if not isinstance(index, ast.Slice) else {value}
                case ClassItself() if (name := text(index)) is not None:
                    found |= self.attribute(value, name, scope, index)
                case OwnObject(number):
                    found |= self._own_item(number, index)
                case Several(parts):
                    place = index.value if isinstance(index, ast.Constant) else None
                    inside = isinstance(place, int) and -len(parts) <= place < len(parts)
                    found |= parts[place] if inside and isinstance(place, int) else union(parts)
        return frozenset(found)

    def _own_item(self, number: int, index: ast.expr) -> Values:
        """What an object of the program's gives for an index: a `TypedDict` what stands there, others what they say."""
        attributes = self.program.classes[number].attributes
        functions = (v for v in values(attributes.get("__getitem__", ())) if isinstance(v, OwnFunction))
        given = union(self.enter(self.program.functions[f.number], [NOTHING], {}, bound=True) for f in functions)
        key = text(index)
        return given | (values(attributes.get(key, ())) if key is not None else NOTHING)

    def entered(self, found: Values, *, asynchronous: bool) -> Values:
        """What `with` gives for these: what `__enter__` of an object of the program's gives, else the object."""
        name = "__aenter__" if asynchronous else "__enter__"
        given: set[Value] = set()
        for value in found:
            own = self.program.classes[value.number].attributes.get(name, ()) if isinstance(value, OwnObject) else ()
            functions = [each for each in values(own) if isinstance(each, OwnFunction)]
            for each in functions:
                given |= self.enter(self.program.functions[each.number], [], {}, bound=True)
            given |= {value} if not functions else set()
        return frozenset(given)

    def items(self, outer: Values) -> Values:
        """What a loop over a value gives."""
        found: set[Value] = set()
        for value in outer:
            match value:
                case Many(items):
                    found |= items
                case Several(parts):
                    found |= union(parts)
        return frozenset(found)

    def generators(self, generators: Sequence[ast.comprehension], scope: Scope) -> None:
        """The loops of a comprehension."""
        for each in generators:
            self.assign(each.target, self.items(self.of(each.iter, scope)), scope)
            for test in each.ifs:
                self.of(test, scope)

    def assign(self, target: ast.expr, found: Values, scope: Scope) -> None:
        """Give a target these values as well."""
        match target:
            case ast.Name(name):
                scope.names[name] |= found
            case ast.Tuple(targets) | ast.List(targets):
                several = [value for value in found if isinstance(value, Several)]
                for place, inner in enumerate(targets):
                    parts = [v.parts[place] for v in several if place < len(v.parts)]
                    rest = self.items(frozenset(v for v in found if isinstance(v, Many)))
                    self.assign(inner, union(parts) | rest, scope)
            case ast.Starred(inner):
                self.assign(inner, frozenset({Many(found)}), scope)
            case ast.Attribute(base, name):
                for value in self.of(base, scope):
                    if isinstance(value, OwnObject | OwnClass):
                        self.program.classes[value.number].attributes[name] |= found
                    else:
                        self.attribute(value, name, scope, target)
            case ast.Subscript(outer, index):
                self.of(outer, scope)
                self.of(index, scope)
                if isinstance(outer, ast.Name):
                    key = text(index)
                    keys = frozenset({key}) if key is not None else None
                    scope.holder(outer.id).names[outer.id].add(Many(NOTHING, found, keys))

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, scope: Scope) -> Values:
        """A function of the program; its body is read with the statements."""
        number = self.program.known.get(id(node))
        if number is None:
            number = self.program.known[id(node)] = len(self.program.functions)
            # Names of a class are no names of its methods.
            above = scope.above if scope.own is not None else scope
            self.program.functions.append(Function(node, Scope(scope.module, above, method_of=scope.own)))
        made = self.program.functions[number]
        if isinstance(node, ast.Lambda):
            made.returned |= self.of(node.body, made.scope)
        return frozenset({OwnFunction(number)})

    def type_of(self, node: ast.expr | None, scope: Scope) -> Values:
        """The objects of an annotation."""
        match node:
            case None:
                return NOTHING
            case ast.Constant(str() as said):
                try:
                    inner = ast.parse(said, mode="eval").body
                except SyntaxError:
                    return NOTHING
                return self.type_of(ast.fix_missing_locations(_placed(inner, node)), scope)
            case ast.BinOp(left, ast.BitOr(), right):
                return self.type_of(left, scope) | self.type_of(right, scope)
            case ast.Subscript(outer, inner):
                self.of(outer, scope)
                parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
                return generic(_last_name(outer), [self.type_of(part, scope) for part in parts])
        known = self.of(node, scope)
        named = (value.objects for value in known if isinstance(value, Annotation))
        classes = frozenset(object_of(value) for value in known if isinstance(value, ClassItself | OwnClass))
        return union((classes, *named))

    def _call(self, node: ast.Call, scope: Scope) -> Values:
        given = [self.of(argument, scope) for argument in node.args]
        named = {keyword.arg: self.of(keyword.value, scope) for keyword in node.keywords}
        if isinstance(node.func, ast.Name) and not _looked_up(scope, node.func.id):
            return builtin(self, node.func.id, node, given, named, scope)
        filled(node, scope)
        found = self.of(node.func, scope)
        if not found and isinstance(node.func, ast.Attribute):
            return foreign(self, node.func.attr, node, given, named, scope)
        return union(self.call(value, node, given, named, scope) for value in found)

    def call(
        self, callee: Value, node: ast.Call, given: list[Values], named: dict[str | None, Values], scope: Scope
    ) -> Values:
        """What calling a value gives."""
        match callee:
            case Method(symbol):
                called(self, symbol, node, scope, before=callee)
                result = self.package.returns(symbol)
                return frozenset({Box("RawResponse", result)}) if callee.raw else result
            case Foreign(name):
                return foreign(self, name, node, given, named, scope)
            case OwnObject(number):
                made = values(self.program.classes[number].attributes.get("__call__", ()))
                own = (value for value in made if isinstance(value, OwnFunction))
                return union(self.enter(self.program.functions[f.number], given, named, bound=True) for f in own)
            case ClassItself(symbol):
                called(self, symbol, node, scope)
                return frozenset({Object(symbol)})
            case OwnFunction(number, bound):
                return self.enter(self.program.functions[number], given, named, bound=bound)
            case OwnClass(number):
                return self._make(number, node, given, named, scope)
            case Opening(items):
                return items
            case Builtin(name, of):
                return self._method_of(name, of, given)
            case Getter():
                return fetched(self, callee, union(given[:1]), scope)
        return NOTHING

    def enter(
        self,
        function: Function,
        given: list[Values],
        named: dict[str | None, Values],
        *,
        bound: bool,
    ) -> Values:
        """What a function of the program gives for these arguments, which its parameters learn."""
        names = function.parameters[1:] if bound else function.parameters
        for name, found in zip(names, given, strict=False):
            function.scope.names[name] |= found
        every = {*function.parameters, *(argument.arg for argument in function.node.args.kwonlyargs)}
        rest = {keyword: found for keyword, found in named.items() if keyword not in every}
        for keyword, found in named.items():
            if keyword in every and keyword is not None:
                function.scope.names[keyword] |= found
        arguments = function.node.args
        if arguments.vararg is not None and len(given) > len(names):
            function.scope.names[arguments.vararg.arg].add(Many(union(given[len(names) :])))
        if arguments.kwarg is not None:
            keys = frozenset(keyword for keyword in rest if keyword is not None) if None not in rest else None
            function.scope.names[arguments.kwarg.arg].add(Many(NOTHING, union(rest.values()), keys))
        return values(function.returned)

    def _make(
        self, number: int, node: ast.Call, given: list[Values], named: dict[str | None, Values], scope: Scope
    ) -> Values:
        class_ = self.program.classes[number]
        own = values(class_.attributes.get("__init__", ()))
        for value in own:
            if isinstance(value, OwnFunction):
                self.enter(self.program.functions[value.number], given, named, bound=True)
        if not own:
            for base in values(class_.bases):
                if isinstance(base, ClassItself):
                    called(self, base.symbol, node, scope)
                elif isinstance(base, OwnClass) and base.number != number:
                    self._make(base.number, node, given, named, scope)
        return frozenset({OwnObject(number)})

    def _method_of(self, name: str, of: Many | Object, given: list[Values]) -> Values:
        if isinstance(of, Object):
            if name == "with_options":
                return frozenset({of})
            return frozenset(Method(v.symbol, raw=True) for v in union(given) if isinstance(v, Method))
        held = of.values if of.values is not None else of.items
        match name:
            case "items":
                return frozenset({Many(frozenset({Several((of.items, held))}))})
            case "values":
                return frozenset({Many(held)})
            case "keys":
                return frozenset({Many(of.items)})
            case "copy":
                return frozenset({of})
        return NOTHING if name in _FILLING else held | union(given[1:])


def _looked_up(scope: Scope, name: str) -> Values:
    return values(scope.holder(name).names.get(name, ()))


def _placed(node: ast.expr, like: ast.expr) -> ast.expr:
    for inner in ast.walk(node):
        if isinstance(inner, ast.expr):
            ast.copy_location(inner, like)
    return node


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
