"""`surface.txt` says everything there is to a surface, and reads back as the same."""

from __future__ import annotations

import pytest
from vcsdk.surface import (
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
    Surface,
    SurfaceError,
    parse,
    render,
)

KIND = ParameterKind
WHOLE = Surface(
    "pets",
    (
        Module("", (Export("Pets", "client"),)),
        Module(
            "models",
            aliases=(Alias("Size", "int | Literal['a = b']"),),
            classes=(
                Class(
                    ClassKind.CLASS,
                    "Pet",
                    ("Model",),
                    (Field("age", "int | None", "None"), Field("név", "Literal['ű: # 1']")),
                ),
                Class(ClassKind.ENUM, "Kind", ("OpenEnum",), members=(Member("CAT", "'cat = #'"),)),
                Class(ClassKind.EXCEPTION, "Gone"),
            ),
        ),
        Module(
            "resources.pets",
            classes=(
                Class(
                    ClassKind.CLASS,
                    "Pets",
                    ("Resource",),
                    properties=(Property("toys", "Toys"),),
                    methods=(
                        Method("all", (), "list[Pet]", request="GET /pets"),
                        Method(
                            "walk",
                            (
                                Parameter("pet", KIND.POSITIONAL_ONLY, "str"),
                                Parameter("far", KIND.POSITIONAL, "bool", "True"),
                                Parameter("others", KIND.VARIADIC, "str"),
                                Parameter("how", KIND.KEYWORD, "Literal['a  # b', 'c']", "'c'"),
                                Parameter("more", KIND.KEYWORDS, "Any"),
                            ),
                            "None",
                            asynchronous=True,
                        ),
                    ),
                ),
            ),
        ),
    ),
)


def test_a_surface_reads_back_as_itself():
    text = render(WHOLE)
    again = parse(text)
    assert render(again) == text
    assert {m.name: m for m in again.modules}["resources.pets"] == WHOLE.modules[2]
    assert {c.name for c in again.modules[1].classes} == {"Pet", "Kind", "Gone"}
    assert (
        "    async def walk(self, pet: str, /, far: bool = True, *others: str, how: Literal['a  # b', 'c'] = 'c'"
        in text
    )
    assert "    def all(self) -> list[Pet]: ...  # GET /pets\n" in text


def test_the_order_in_which_names_were_found_makes_no_difference():
    other = Surface("pets", tuple(reversed(WHOLE.modules)))
    assert render(other) == render(WHOLE)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (1, "nonsense\n"),
        (1, "class Pet\n"),
        (2, "module models\n    field age: int\n"),
        (3, "module models\n  class Pet\n    field age\n"),
        (3, "module models\n  class Pet\n    def walk(self\n"),
        (2, "module models\n  thing Pet\n"),
    ],
)
def test_what_is_no_surface_is_refused_at_its_line(line, text):
    with pytest.raises(SurfaceError) as caught:
        parse(text)
    assert caught.value.line == line
