"""Files of the client distribution."""

from __future__ import annotations

from pathlib import PurePosixPath

from generator.config import Config
from generator.emitters.file import File


def text_file(config: Config, name: str, content: str) -> File:
    """A file beside the package: "README.md"."""
    return File(PurePosixPath(name), content, "text", config.package.distribution)


def module_file(config: Config, module: str, content: str) -> File:
    """A module of the package: "models.vcha_cluster" is `src/vcenter_vcha/models/vcha_cluster.py`."""
    path = PurePosixPath("src", config.package.module, *module.split(".")).with_suffix(".py")
    return File(path, content, "python", config.package.distribution)
