from __future__ import annotations

import tomllib

import pytest
from vcsdk.config.toml import TomlSource
from vcsdk.diagnostics import InputError
from vcsdk.release.setting import with_version


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('[package]\nversion = "0.1.0"  # ours\n', '[package]\nversion = "2.0.0"  # ours\n'),
        ("[package]\nversion='0.1.0'\nmodule = 'a'\n", "[package]\nversion=\"2.0.0\"\nmodule = 'a'\n"),
        ('[package]\nmodule = "a"\n', '[package]\nversion = "2.0.0"\nmodule = "a"\n'),
        ('[api]\nprofile = "vapi"\n', '[api]\nprofile = "vapi"\n\n[package]\nversion = "2.0.0"\n'),
        ('package.version = "0.1.0"\n[api]\n', 'package.version = "2.0.0"\n[api]\n'),
        ('package = { version = "0.1.0" }\n', None),
        ('# version = "0.1.0"\n[package]\nversion = "0.1.0"\n', '# version = "0.1.0"\n[package]\nversion = "2.0.0"\n'),
        ('[a]\nversion = "7"\n[package]\nversion = "0.1.0"\n', '[a]\nversion = "7"\n[package]\nversion = "2.0.0"\n'),
        ('[package]\r\nversion = "0.1.0"\r\n', '[package]\r\nversion = "2.0.0"\r\n'),
    ],
)
def test_only_the_version_changes(before: str, after: str | None) -> None:
    source = TomlSource.read("api.toml", before)
    if after is None:
        with pytest.raises(InputError) as caught:
            with_version(source, "2.0.0")
        (found,) = caught.value.diagnostics
        assert found.rule == "unusual-configuration"
        return
    text = with_version(source, "2.0.0")
    assert text == after
    assert tomllib.loads(text)["package"]["version"] == "2.0.0"
