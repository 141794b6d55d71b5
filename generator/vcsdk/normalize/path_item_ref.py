"""The rule `path-item-ref`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.load.extensions import entries
from vcsdk.load.limits import written_out
from vcsdk.load.pointer import join
from vcsdk.normalize.registry import Context, Repair, rule


@rule("path-item-ref", level="note")
def write_path_items_out(context: Context) -> Iterator[Repair]:
    """A path is a `$ref` to a path item elsewhere: the operations are written out under the path.

    Fields beside the `$ref` win ("Path Item Object": the behaviour is undefined where both have one).
    """
    document = context.document
    for key, item in entries(document.data.get("paths")):
        pointer = join("/paths", key)
        reference = item.get("$ref") if isinstance(item, dict) else None
        met: set[str] = set()
        while isinstance(reference, str) and reference not in met:
            met.add(reference)
            try:
                place, target = document.resolve(reference)
            except KeyError:
                break
            if not isinstance(target, dict):
                break
            del item["$ref"]
            for field, value in target.items():
                if field not in item:
                    item[field] = written_out(value)
                    document.added(join(pointer, field), document.origin(join(place, field)))
            yield Repair(document.origin(f"{pointer}/$ref"), f"the path item `{reference}` is written out")
            reference = item.get("$ref")
    components = document.data.get("components")
    if isinstance(components, dict) and not document.is_31:
        components.pop("pathItems", None)
