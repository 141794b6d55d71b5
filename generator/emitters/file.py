"""What emitters return: the files of the generated packages, not yet on the disk."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Literal

import msgspec


class File(msgspec.Struct, frozen=True):
    """A generated file.

    `package` is the distribution it belongs to (`vcenter-vcha`), which is also the name of its folder in the
    output; `path` is below that folder (`src/vcenter_vcha/client.py`).  `kind` "python" is formatted by the
    writer, "text" is written as it is.  `content` is text; it is written as UTF-8, with line feeds.
    """

    path: PurePosixPath
    content: str
    kind: Literal["python", "text"]
    package: str
