"""What emitters return: the files of the generated packages, not yet on the disk, and where they belong."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Literal

import msgspec

from vcsdk.config.model import Config


class File(msgspec.Struct, frozen=True):
    """A generated file.

    `package` is the distribution it belongs to (`vcenter-vcha`), which is also the name of its folder in the
    output; `path` is below that folder (`src/vcenter_vcha/client.py`).  `kind` "python" is formatted by the
    writer, so is the Python in a page ("markdown"); "text" is written as it is.  `content` is text; it is written as
    UTF-8, with line feeds.  `unsent` are the keys of the operations for whose JSON bodies
    contract tests in it have no value that fits.
    """

    path: PurePosixPath
    content: str
    kind: Literal["python", "markdown", "text"]
    package: str
    unsent: tuple[str, ...] = ()


def text_file(config: Config, name: str, content: str) -> File:
    """A file beside the package: "README.md"."""
    kind: Literal["markdown", "text"] = "markdown" if name.endswith(".md") else "text"
    return File(PurePosixPath(name), content, kind, config.package.distribution)


def module_file(config: Config, module: str, content: str) -> File:
    """A module of the package: "models.vcha_cluster" is `src/vcenter_vcha/models/vcha_cluster.py`."""
    path = PurePosixPath("src", config.package.module, *module.split(".")).with_suffix(".py")
    return File(path, content, "python", config.package.distribution)
