"""Rules about the Python names of generated packages."""

from __future__ import annotations

import re

from vcsdk.diff.changes import (
    Added,
    Home,
    Name,
    Order,
    Pair,
    Removed,
)
from vcsdk.diff.registry import rule
from vcsdk.diff.rules.words import quoted, was
from vcsdk.diff.scale import Direction
from vcsdk.diff.site import Site
from vcsdk.surface import (
    STARRED,
    Alias,
    Class,
    ClassKind,
    Export,
    Field,
    Member,
    Method,
    Module,
    Parameter,
    ParameterKind,
    Property,
)


def _is_sent(site: Site) -> bool:
    """Whether requests can hold what stands there; where nothing is known, they can."""
    return not site.direction or Direction.REQUEST in site.direction


@rule("surface-module-added", on=Added[Module], level="safe", area="surface")
def module_added(change: Added[Module]) -> str | None:
    """There is something new to import."""
    return "is new"


@rule("surface-module-removed", on=Removed[Module], level="breaking", area="surface")
def module_removed(change: Removed[Module]) -> str | None:
    """Imports of the module, and of what it defines, fail."""
    return "is gone"


@rule("surface-class-added", on=Added[Class], level="safe", area="surface")
def class_added(change: Added[Class]) -> str | None:
    """There is something new to use."""
    return None if change.new.kind is ClassKind.EXCEPTION else "is new"


@rule("surface-class-removed", on=Removed[Class], level="breaking", area="surface")
def class_removed(change: Removed[Class]) -> str | None:
    """Imports of the class fail."""
    return None if change.old.kind is ClassKind.EXCEPTION else "is gone"


@rule("surface-class-moved", on=Pair[Home], level="risky", area="surface")
def class_moved(change: Pair[Home]) -> str | None:
    """Imports from the old module fail; those from the package that collects the names still work."""
    return f"is defined in {was(change.old.module, change.new.module)}"


@rule("surface-name-changed", on=Pair[Name], level="breaking", area="surface")
def name_changed(change: Pair[Name]) -> str | None:
    """Programs that use the old name fail."""
    return f"is called {was(change.old.text, change.new.text)}"


@rule("surface-class-kind-changed", on=Pair[Class], level="breaking", area="surface")
def class_kind_changed(change: Pair[Class]) -> str | None:
    """What programs do with the class, such as catching it or listing its members, fails."""
    return f"is {was(change.old.kind.value, change.new.kind.value)}" if change.old.kind is not change.new.kind else None


@rule("surface-base-added", on=Pair[Class], level="safe", area="surface")
def base_added(change: Pair[Class]) -> str | None:
    """The class counts as one kind more."""
    added = [base for base in change.new.bases if base not in change.old.bases]
    return f"derives from {quoted(', '.join(added))} now" if added else None


@rule("surface-base-removed", on=Pair[Class], level="breaking", area="surface")
def base_removed(change: Pair[Class]) -> str | None:
    """Handlers and checks for the base no longer find the class, and what it inherited is gone."""
    removed = [base for base in change.old.bases if base not in change.new.bases]
    return f"no longer derives from {quoted(', '.join(removed))}" if removed else None


@rule("surface-exception-added", on=Added[Class], level="safe", area="surface")
def exception_added(change: Added[Class]) -> str | None:
    """There is one more exception to tell apart."""
    return "is new" if change.new.kind is ClassKind.EXCEPTION else None


@rule("surface-exception-removed", on=Removed[Class], level="breaking", area="surface")
def exception_removed(change: Removed[Class]) -> str | None:
    """Imports of the exception fail, and with them the handlers."""
    return "is gone" if change.old.kind is ClassKind.EXCEPTION else None


@rule("surface-alias-added", on=Added[Alias], level="safe", area="surface")
def alias_added(change: Added[Alias]) -> str | None:
    """There is one more name for a type."""
    return "is new"


@rule("surface-alias-removed", on=Removed[Alias], level="breaking", area="surface")
def alias_removed(change: Removed[Alias]) -> str | None:
    """Imports of the name fail."""
    return "is gone"


@rule("surface-export-added", on=Added[Export], level="safe", area="surface")
def export_added(change: Added[Export]) -> str | None:
    """The name can be imported from one place more."""
    return "is new"


@rule("surface-export-removed", on=Removed[Export], level="breaking", area="surface")
def export_removed(change: Removed[Export]) -> str | None:
    """Imports of the name from here fail."""
    return "is gone"


@rule("surface-export-moved", on=Pair[Export], level="safe", area="surface")
def export_moved(change: Pair[Export]) -> str | None:
    """The name can be imported as before; another module defines it."""
    return f"comes from {was(change.old.home, change.new.home)}"


@rule("surface-method-added", on=Added[Method], level="safe", area="surface")
def method_added(change: Added[Method]) -> str | None:
    """There is something new to call."""
    return "is new"


@rule("surface-method-removed", on=Removed[Method], level="breaking", area="surface")
def method_removed(change: Removed[Method]) -> str | None:
    """Calls of the method fail."""
    return "is gone"


@rule("surface-method-became-async", on=Pair[Method], level="breaking", area="surface")
def method_became_async(change: Pair[Method]) -> str | None:
    """Calls have to be awaited."""
    return "has to be awaited now" if change.new.asynchronous and not change.old.asynchronous else None


@rule("surface-method-became-sync", on=Pair[Method], level="breaking", area="surface")
def method_became_sync(change: Pair[Method]) -> str | None:
    """Calls can no longer be awaited."""
    return "can no longer be awaited" if change.old.asynchronous and not change.new.asynchronous else None


# A path parameter under another name is the same request.
_PARAMETER = re.compile(r"\{[^{}]*\}")


@rule("surface-method-request-changed", on=Pair[Method], level="risky", area="surface")
def method_request_changed(change: Pair[Method]) -> str | None:
    """Calls send another request than before; what it does and needs may differ."""
    old, new = (_PARAMETER.sub("{}", method.request) for method in (change.old, change.new))
    changed = bool(old) and bool(new) and old != new
    return f"sends {was(change.old.request, change.new.request)}" if changed else None


@rule("surface-required-parameter-added", on=Added[Parameter], level="breaking", area="surface")
def required_parameter_added(change: Added[Parameter]) -> str | None:
    """Calls without the argument fail."""
    needed = change.new.default is None and change.new.kind not in STARRED
    return "is new and has to be given" if needed else None


@rule("surface-optional-parameter-added", on=Added[Parameter], level="safe", area="surface")
def optional_parameter_added(change: Added[Parameter]) -> str | None:
    """There is something more to say; calls without it do as before."""
    needed = change.new.default is None and change.new.kind not in STARRED
    return None if needed else "is new"


@rule("surface-parameter-removed", on=Removed[Parameter], level="breaking", area="surface")
def parameter_removed(change: Removed[Parameter]) -> str | None:
    """Calls with the argument fail."""
    return "is gone"


@rule("surface-parameter-became-required", on=Pair[Parameter], level="breaking", area="surface")
def parameter_became_required(change: Pair[Parameter]) -> str | None:
    """Calls without the argument fail."""
    return "has to be given now" if change.new.default is None and change.old.default is not None else None


@rule("surface-parameter-became-optional", on=Pair[Parameter], level="safe", area="surface")
def parameter_became_optional(change: Pair[Parameter]) -> str | None:
    """The argument may be left out."""
    return "may be left out now" if change.old.default is None and change.new.default is not None else None


@rule("surface-parameter-default-changed", on=Pair[Parameter], level="risky", area="surface")
def parameter_default_changed(change: Pair[Parameter]) -> str | None:
    """Calls without the argument mean something else."""
    old, new = change.old.default, change.new.default
    changed = old is not None and new is not None and old != new
    return f"the default is {was(old, new)}" if changed else None


@rule("surface-parameter-kind-changed", on=Pair[Parameter], level="breaking", area="surface")
def parameter_kind_changed(change: Pair[Parameter]) -> str | None:
    """The argument can no longer be given by its place, or no longer by its name."""
    narrowed = change.old.kind is not change.new.kind and change.new.kind is not ParameterKind.POSITIONAL
    return f"is {was(change.old.kind.value, change.new.kind.value)}" if narrowed else None


@rule("surface-parameters-reordered", on=Pair[Order], level="breaking", area="surface")
def parameters_reordered(change: Pair[Order]) -> str | None:
    """Arguments that are given by place reach another parameter."""
    return f"the order is {was(', '.join(change.old.names), ', '.join(change.new.names))}"


@rule("surface-field-added", on=Added[Field], level="safe", area="surface")
def field_added(change: Added[Field]) -> str | None:
    """There is something more to read; objects can be made without it."""
    return None if change.new.default is None else "is new"


@rule("surface-required-field-added", on=Added[Field], level="breaking", area="surface")
def required_field_added(change: Added[Field]) -> str | None:
    """Programs that make the object fail without the argument."""
    return "is new and has to be given" if change.new.default is None and _is_sent(change.site) else None


@rule("surface-answer-field-added", on=Added[Field], level="safe", area="surface")
def answer_field_added(change: Added[Field]) -> str | None:
    """There is something more to read in answers; only programs that make answers themselves, as tests do, need it."""
    return "is new and always there" if change.new.default is None and not _is_sent(change.site) else None


@rule("surface-field-removed", on=Removed[Field], level="breaking", area="surface")
def field_removed(change: Removed[Field]) -> str | None:
    """Programs that read the attribute, or give it, fail."""
    return "is gone"


@rule("surface-field-became-required", on=Pair[Field], level="breaking", area="surface")
def field_became_required(change: Pair[Field]) -> str | None:
    """Programs that make the object fail without the argument."""
    needed = change.new.default is None and change.old.default is not None
    return "has to be given now" if needed and _is_sent(change.site) else None


@rule("surface-answer-field-became-required", on=Pair[Field], level="safe", area="surface")
def answer_field_became_required(change: Pair[Field]) -> str | None:
    """It is always there in answers; only programs that make answers themselves, as tests do, have to give it."""
    needed = change.new.default is None and change.old.default is not None
    return "is always there now" if needed and not _is_sent(change.site) else None


@rule("surface-field-became-optional", on=Pair[Field], level="safe", area="surface")
def field_became_optional(change: Pair[Field]) -> str | None:
    """The argument may be left out where the object is made; its type tells what reading it gives then."""
    return "may be left out now" if change.old.default is None and change.new.default is not None else None


@rule("surface-field-default-changed", on=Pair[Field], level="risky", area="surface")
def field_default_changed(change: Pair[Field]) -> str | None:
    """Objects that are made without the argument mean something else."""
    old, new = change.old.default, change.new.default
    changed = old is not None and new is not None and old != new
    return f"the default is {was(old, new)}" if changed else None


@rule("surface-property-added", on=Added[Property], level="safe", area="surface")
def property_added(change: Added[Property]) -> str | None:
    """There is something new below the client."""
    return "is new"


@rule("surface-property-removed", on=Removed[Property], level="breaking", area="surface")
def property_removed(change: Removed[Property]) -> str | None:
    """Programs that go through the property fail."""
    return "is gone"


@rule("surface-property-type-changed", on=Pair[Property], level="risky", area="surface")
def property_type_changed(change: Pair[Property]) -> str | None:
    """The property gives an object of another class; what that can do is told with the class."""
    return f"the type is {was(change.old.type, change.new.type)}"


@rule("surface-member-added", on=Added[Member], level="safe", area="surface")
def member_added(change: Added[Member]) -> str | None:
    """There is one more value to compare with."""
    return "is new"


@rule("surface-member-removed", on=Removed[Member], level="breaking", area="surface")
def member_removed(change: Removed[Member]) -> str | None:
    """Programs that name the member fail."""
    return "is gone"


@rule("surface-member-value-changed", on=Pair[Member], level="breaking", area="surface")
def member_value_changed(change: Pair[Member]) -> str | None:
    """The member stands for another value on the wire."""
    return f"the value is {was(change.old.value, change.new.value)}"
