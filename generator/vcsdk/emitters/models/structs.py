"""Structs as msgspec classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeGuard

from vcsdk.emitters.annotations import Annotator
from vcsdk.emitters.filters import identifier, python_literal, reflow
from vcsdk.emitters.models.views import FieldView, StructView
from vcsdk.emitters.prose import deprecated, described, identifies, one_line, since, with_facts
from vcsdk.ir import MISSING, Field, Map, Schema, Struct, Type
from vcsdk.ir.finite import all_fields
from vcsdk.ir.limits import can_be_field
from vcsdk.ir.usage import Usage
from vcsdk.naming.reserved import FIELDS_SINCE

_MORE = "additional_properties"


def is_class(schema: Schema, schemas: Mapping[str, Schema]) -> TypeGuard[Struct]:
    """True for a struct that msgspec can hold; one with a property such as `a"b` is a plain dict in Python."""
    if not isinstance(schema, Struct) or (schema.tag_field is not None and not can_be_field(schema.tag_field)):
        return False
    return all(can_be_field(field.wire_name) for field in all_fields(schema, schemas))


def struct_view(struct: Struct, annotator: Annotator, usage: Usage) -> StructView:
    """The class of a struct: inherited from its base where it has one, tagged where a discriminator tells it apart."""
    shadowed = {field.name for field in struct.fields} | ({struct.additional_name} - {""})
    inner = annotator.within(shadowed)
    tagged = struct.tag_field is not None and struct.tag is not None
    arguments = [base_of(struct, annotator)]
    if tagged:
        arguments += [f"tag_field={python_literal(struct.tag_field)}", f"tag={python_literal(struct.tag)}"]
    fields = tuple(field_view(f, inner, struct, required=usage.is_required(struct, f)) for f in struct.fields)
    if struct.additional is not None:
        if struct.additional_name != _MORE:
            arguments.append(f"more={python_literal(struct.additional_name)}")
        fields += (_further(struct.additional, struct.additional_name, inner),)
    return StructView(identifier(struct.name), ", ".join(arguments), _doc(struct), fields)


def base_of(struct: Struct, annotator: Annotator) -> str:
    """The class that a struct's class derives from."""
    if struct.base is not None:
        return annotator.schema(struct.base)
    return annotator.runtime("Model" if struct.additional is None else "OpenModel")


def _further(type_: Type, name: str, annotator: Annotator) -> FieldView:
    """The mapping of the properties beside the known ones."""
    call, empty = annotator.use("msgspec", "field"), annotator.builtin("dict")
    doc = "Properties beside those above, by their names on the wire."
    return FieldView(identifier(name), annotator.spell(Map(type_)), f" = {call}(default_factory={empty})", doc)


def _doc(struct: Struct) -> str:
    notes = []
    if struct.tag is not None and struct.tag_field is not None:
        notes.append(f"On the wire `{one_line(struct.tag_field)}` is `{one_line(struct.tag)}`.")
    return described(struct, " ".join(notes))


def field_view(field: Field, annotator: Annotator, struct: Struct, *, required: bool) -> FieldView:
    """The line of a field, with its name on the wire where that is another one."""
    name = identifier(field.name)
    annotation, default = field_type(field, annotator, required=required)
    arguments = [f"default={default}"] if default is not None else []
    if name != field.wire_name:
        call = annotator.use("msgspec", "field")
        text = f" = {call}({', '.join([*arguments, f'name={python_literal(field.wire_name)}'])})"
    else:
        text = f" = {default}" if default is not None else ""
    if name in FIELDS_SINCE:
        text += "  # type: ignore[assignment]"
    return FieldView(name, annotation, text, field_doc(field, struct))


def field_type(field: Field, annotator: Annotator, *, required: bool) -> tuple[str, str | None]:
    """Annotation and default of a field; no default where it has to be given."""
    return (annotator.spell(field.type), None) if required else annotator.absent(field.type)


def field_doc(field: Field, struct: Struct) -> str:
    """What the field means, with what the annotation cannot say: its default, its direction, its end."""
    text = with_facts(reflow(field.description), identifies(field.identifies), since(field.lifespan, struct.lifespan))
    notes = []
    if field.default is not MISSING and not field.required:
        notes.append(f"The server takes {python_literal(field.default)} where this is absent.")
    if field.read_only:
        notes.append("Only in answers.")
    if field.write_only:
        notes.append("Only in requests.")
    if field.deprecated:
        notes.append(f"{deprecated(field.lifespan)}.")
    return "\n\n".join(part for part in (text, " ".join(notes)) if part)
