"""Holds a surface against the code that was generated, as griffe reads it: without anything of the toolkit."""

from __future__ import annotations

import ast
import re

import griffe
from vcsdk.emitters.surface import surface_of

from tests.generated import write_client


def generated(description, folder):
    """The client package as griffe sees it; nothing of it is imported."""
    source = write_client(description.api, description.config, description.document, folder)
    return griffe.load(description.config.package.module, search_paths=[source], allow_inspection=False)


# What these names of the runtime stand for where types are checked.
RUNTIME_ALIASES = {"Base64": "bytes", "Duration": "timedelta | str"}


def own(node):
    members = node.members.items()
    return {n: each for n, each in members if not each.is_alias and (n == "__init__" or not n.startswith("_"))}


def plain(type_):
    """A type with the names that griffe resolves the imports to, without constraints."""
    match type_:
        case griffe.ExprName():
            name = type_.canonical_path.rpartition(".")[2]
            return RUNTIME_ALIASES.get(name, name)
        case griffe.ExprAttribute():
            return plain(type_.last)
        case griffe.ExprTuple():
            return ", ".join(map(plain, type_.elements))
        case griffe.ExprBinOp(operator="|"):
            # Two constraints of one type are one type.
            return " | ".join(dict.fromkeys(plain(member) for member in members(type_)))
        case griffe.ExprSubscript() if plain(type_.left) in ("Annotated", "Stepped"):
            return plain(type_.slice.elements[0])
        case griffe.ExprSubscript():
            return f"{plain(type_.left)}[{plain(type_.slice)}]"
    assert type_ is None or isinstance(type_, str), repr(type_)
    return type_


def members(type_):
    if isinstance(type_, griffe.ExprBinOp):
        return [*members(type_.left), *members(type_.right)]
    return [type_]


def field_default(value):
    if not isinstance(value, griffe.ExprCall):
        return plain(value)
    given = {argument.name: argument.value for argument in value.arguments}
    return "..." if "default_factory" in given else plain(given.get("default"))


def alias_of(node):
    text = plain(node.value)
    if not text.startswith("'"):
        return text
    # An alias of itself is a string.
    inner = griffe.get_annotation(ast.parse(ast.literal_eval(text), mode="eval").body, parent=node.parent)
    return repr(plain(inner))


def both(type_):
    """The surface has one word for what a method and its asynchronous twin take."""
    return re.sub(r"\bAsyncContent\b", "Content", type_)


def outline(node):
    """A class as griffe sees it, in plain values."""
    methods, properties, fields, members = {}, {}, {}, {}
    for name, each in own(node).items():
        if each.is_function:
            methods[name] = (
                "async" in each.labels,
                plain(each.returns),
                [
                    (
                        p.name,
                        str(p.kind.value),
                        both(plain(p.annotation)),
                        None if p.default == "{}" else plain(p.default),
                    )
                    for p in each.parameters
                    if p.name not in ("self", "cls")
                ],
            )
        elif "property" in each.labels:
            properties[name] = plain(each.annotation)
        elif each.annotation is not None and node.parent.name != "errors":
            fields[name] = (plain(each.annotation), field_default(each.value))
        else:
            members[name] = str(each.value)
    # A class whose base has its name knows that by another one.
    bases = [f"_{base}" if base == node.name else base for base in map(plain, node.bases)]
    return bases, methods, properties, fields, members


# griffe's words for the kinds of parameters; it says that keywords which nobody named are `{}` by default.
KINDS = {"positional": "positional or keyword", "keyword": "keyword-only", "keywords": "variadic keyword"}


WIDENED = re.compile(r"(?:\w+\.)*(?:Literal\[[^\[\]]*\]|str|list\[str\])")


def alternatives(annotation):
    """The members of a union as they are written."""
    parts, depth = [""], 0
    for token in re.split(r"( \| |\[|\])", annotation):
        depth += (token == "[") - (token == "]")
        if token == " | " and depth == 0:
            parts.append("")
        else:
            parts[-1] += token
    return parts


def stands_for_text(type_, aliases, seen=frozenset()):
    """Whether a secret or a UUID is among what a type means."""
    words = set(re.findall(r"\w+", type_))
    below = (aliases[word] for word in words & aliases.keys() - seen)
    return not words.isdisjoint(("Secret", "UUID")) or any(
        stands_for_text(each, aliases, seen | words) for each in below
    )


def without_widening(type_, annotation, aliases):
    """The type where an annotation has it and, beside it, what stands for the same at run time.

    Values of enumerations, texts for secrets and UUIDs, and sequences of either: no change of the surface is one of
    these alone.
    """
    wanted, written = alternatives(type_), alternatives(annotation)
    for part in wanted:
        inner = re.fullmatch(r"(?:\w+\.)*list\[(.*)\]", part)
        if part not in written and inner is not None:
            sequence = next(
                (each for each in written if re.match(r"(?:\w+\.)*Sequence\[", each) and inner[1] in each), ""
            )
            written = [part if each == sequence else each for each in written]
    more = [part for part in written if part not in wanted]
    if re.search(r"\bstr\b", " ".join(more)) and not stands_for_text(type_, aliases):
        return annotation
    fits = all(part in written for part in wanted) and all(WIDENED.fullmatch(part) for part in more)
    return type_ if fits else annotation


def stated(class_):
    """The same of the surface."""
    return (
        list(class_.bases),
        {
            m.name: (
                m.asynchronous,
                m.returns,
                [(p.name, KINDS[p.kind], p.type, p.default) for p in m.parameters],
            )
            for m in class_.methods
        },
        {p.name: p.type for p in class_.properties},
        {f.name: (f.type, f.default) for f in class_.fields},
        {m.name: m.value for m in class_.members},
    )


def hold_against_the_code(description, folder):
    """Compare every name of the surface; how many classes and aliases there are."""
    package = generated(description, folder)
    seen = 0
    modules = surface_of(description.api, description.config).modules
    aliases = {alias.name: alias.type for module in modules for alias in module.aliases}
    for module in modules:
        if not module.name:
            continue
        node = package[module.name]
        classes = {name: each for name, each in own(node).items() if each.is_class}
        assert set(classes) == {c.name for c in module.classes}, module.name
        others = {name: alias_of(each) for name, each in own(node).items() if each.is_attribute and name != "FAMILY"}
        assert {alias.name: alias.type for alias in module.aliases} == others, module.name
        for class_ in module.classes:
            found = outline(classes[class_.name])
            expected = stated(class_)
            for name, (_, _, parameters) in expected[1].items():
                code = found[1].get(name, (None, None, []))[2]
                for place, (wanted, written) in enumerate(zip(parameters, code, strict=False)):
                    if (wanted[0], wanted[1], wanted[3]) == (written[0], written[1], written[3]):
                        code[place] = (*written[:2], without_widening(wanted[2], written[2], aliases), written[3])
            assert expected == found, f"{module.name}.{class_.name}"
        seen += len(classes) + len(others)
    return seen
