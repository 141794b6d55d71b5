"""A manifest that is none is told, however it is broken."""

from __future__ import annotations

import pytest
from vcsdk.write.manifest import parse

DEEP = [b"[" * 100_000, b'{"a":' * 5_000 + b"1" + b"}" * 5_000, b'{"files": ' + b'{"a":' * 5_000 + b"}" * 5_001]


@pytest.mark.parametrize("content", [b"", b"\xff", b"<<<<<<< ours\n", b"[]", b"null", b'{"files": 5}', *DEEP])
def test_what_is_no_manifest_is_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(content)
