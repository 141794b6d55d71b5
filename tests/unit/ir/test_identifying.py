"""Which property names the thing that a path's parameter stands for."""

from __future__ import annotations

import pytest
from vcsdk.ir.identifying import identifying


@pytest.mark.parametrize(
    ("parameter", "names", "own"),
    [
        ("issue_number", ["id", "number", "title"], "number"),
        ("pullNumber", ["id", "number"], "number"),
        ("order_no", ["id", "number"], "number"),
        ("number", ["id", "text"], "id"),
        ("order_no", ["id", "text"], "id"),
        ("team_slug", ["id", "slug"], "slug"),
        ("countryCode", ["id", "code"], "code"),
        ("CountryISOCode", ["id", "code"], "code"),
        ("username", ["id", "login"], None),
        ("file_name", ["id", "name"], "name"),
        ("username", ["id", "name", "username"], "username"),
        ("issue_number", ["id", "issue_number", "number"], "issue_number"),
        ("issueNumber", ["id", "issue_number"], "issue_number"),
        ("thing_id", ["number", "id"], "id"),
        ("thing", ["number", "id"], "id"),
        ("key", ["id"], "id"),
        ("tag-uuid", ["name", "uuid"], "uuid"),
        ("piano", ["id", "no"], "id"),
        ("", ["id"], "id"),
    ],
)
def test_the_property_that_the_parameter_means(parameter: str, names: list[str], own: str | None) -> None:
    assert identifying(parameter, names) == own
