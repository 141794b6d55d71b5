"""Names of other things within a text: `*Vcenter.VM.Info.name*`, `***Vapi.Std.Errors.NotFound***`, `{@link VM}`."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

# The first character stands alone in front, so that what lies between mentions is skipped quickly.
_MENTION = re.compile(
    r"[*`{](?:"
    r"(?<=\*)\*{0,2}(?P<starred>[A-Za-z_]\w*(?:\.[\w$]+)*|(?:GET|PUT|POST|PATCH|DELETE) /[^*\s]*)\*{1,3}"
    r"|(?<=`)(?P<quoted>[A-Z]\w*(?:\.\w+)+)`"
    r"|(?<=\{)@(?P<tag>[a-z]+)(?:\.(?:name|values))?[\s.]+(?P<tagged>[^{}]*\w)\}"
    r")"
)


def can_mention(text: str) -> bool:
    """False for a text that names nothing; as code alone, only what a text begins with is named."""
    return "*" in text or "{@" in text or text.startswith("The `")


def replaced(text: str, ours: Callable[[str, bool], str | None]) -> str:
    """The text with our name of each thing that it mentions, as code.

    `ours` gives our name, or None where it knows none; its second argument tells that the name could be of anything
    else as well, as `System.Read` is a privilege's.  An unknown name stays as code, a word with stars as it is.
    """

    def instead(found: re.Match[str]) -> str:
        if found["tag"] in ("term", "code", "literal"):
            words = " ".join(found["tagged"].split())
            return words if found["tag"] == "term" else f"`{words}`"
        if found["quoted"]:
            name = ours(found["quoted"], True)
            return f"`{name}`" if name is not None else found[0]
        written = found["starred"] or found["tagged"].split()[0].replace("#", ".").strip(".")
        name = ours(written, False)
        is_word = found["starred"] is not None and written.islower() and "." not in written
        return f"`{name}`" if name is not None else found[0] if is_word else f"`{written}`"

    return _MENTION.sub(instead, text)


@functools.lru_cache(maxsize=4096)
def folded(name: str) -> tuple[str, ...]:
    """The parts of a name as they compare: the bindings' `com.vmware.vcenter.vm_client.Power` is `Vcenter.Vm.Power`."""
    plain = name.removeprefix("com.vmware.").replace("_client.", ".").removesuffix("_client")
    return tuple(plain.replace("_", "").replace("$", "").lower().split("."))
