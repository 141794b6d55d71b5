"""values: each operation on its own."""

from __future__ import annotations

import pytest

from ._suite import ABSENT, Target
from ._suite.checks import foreign_method


@pytest.mark.operation("values.put_value")
class TestPutValue:
    """Keep a value.

    `PUT /values/{key}`
    """

    @pytest.mark.write("values.put_value")
    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(ABSENT, id="no body"),
            pytest.param(None, id="null"),
            pytest.param([], id="[]"),
            pytest.param("text", id='"text"'),
            pytest.param({"colour": "red"}, id="count missing"),
            pytest.param({"count": None, "colour": "red"}, id="count = null"),
            pytest.param({"count": "1", "colour": "red"}, id='count = "1"'),
            pytest.param({"count": 1.5, "colour": "red"}, id="count = 1.5"),
            pytest.param({"count": 1, "colour": "red", "ratio": None}, id="ratio = null"),
            pytest.param({"count": 1, "colour": "red", "ratio": "1.5"}, id='ratio = "1.5"'),
            pytest.param({"count": 1}, id="colour missing"),
            pytest.param({"count": 1, "colour": None}, id="colour = null"),
            pytest.param({"count": 1, "colour": "NO_SUCH_VALUE"}, id='colour = "NO_SUCH_VALUE"'),
            pytest.param({"count": 1, "colour": 1}, id="colour = 1"),
            pytest.param({"count": 1, "colour": "red", "shade": None}, id="shade = null"),
            pytest.param({"count": 1, "colour": "red", "shade": "NO_SUCH_VALUE"}, id='shade = "NO_SUCH_VALUE"'),
            pytest.param({"count": 1, "colour": "red", "shade": 1}, id="shade = 1"),
            pytest.param({"count": 1, "colour": "red", "level": None}, id="level = null"),
            pytest.param({"count": 1, "colour": "red", "level": "text"}, id='level = "text"'),
            pytest.param({"count": 1, "colour": "red", "at": None}, id="at = null"),
            pytest.param({"count": 1, "colour": "red", "at": 1}, id="at = 1"),
            pytest.param({"count": 1, "colour": "red", "at": []}, id="at = []"),
            pytest.param({"count": 1, "colour": "red", "day": None}, id="day = null"),
            pytest.param({"count": 1, "colour": "red", "day": 1}, id="day = 1"),
            pytest.param({"count": 1, "colour": "red", "day": []}, id="day = []"),
            pytest.param({"count": 1, "colour": "red", "lasts": None}, id="lasts = null"),
            pytest.param({"count": 1, "colour": "red", "lasts": 1}, id="lasts = 1"),
            pytest.param({"count": 1, "colour": "red", "lasts": []}, id="lasts = []"),
            pytest.param({"count": 1, "colour": "red", "id": None}, id="id = null"),
            pytest.param({"count": 1, "colour": "red", "id": 1}, id="id = 1"),
            pytest.param({"count": 1, "colour": "red", "id": []}, id="id = []"),
            pytest.param({"count": 1, "colour": "red", "blob": None}, id="blob = null"),
            pytest.param({"count": 1, "colour": "red", "blob": 1}, id="blob = 1"),
            pytest.param({"count": 1, "colour": "red", "blob": []}, id="blob = []"),
            pytest.param({"count": 1, "colour": "red", "secret": None}, id="secret = null"),
            pytest.param({"count": 1, "colour": "red", "secret": 1}, id="secret = 1"),
            pytest.param({"count": 1, "colour": "red", "secret": []}, id="secret = []"),
            pytest.param({"count": 1, "colour": "red", "made_by": None}, id="made_by = null"),
            pytest.param({"count": 1, "colour": "red", "made_by": 1}, id="made_by = 1"),
            pytest.param({"count": 1, "colour": "red", "made_by": []}, id="made_by = []"),
            pytest.param({"count": 1, "colour": "red", "note": 1}, id="note = 1"),
            pytest.param({"count": 1, "colour": "red", "note": []}, id="note = []"),
            pytest.param({"count": 1, "colour": "red", "extra": None}, id="extra = null"),
            pytest.param({"count": 1, "colour": "red", "extra": []}, id="extra = []"),
            pytest.param({"count": 1, "colour": "red", "extra": "text"}, id='extra = "text"'),
            pytest.param({"count": 1, "colour": "red", "old": None}, id="old = null"),
            pytest.param({"count": 1, "colour": "red", "old": "true"}, id='old = "true"'),
            pytest.param({"count": 1, "colour": "red", "old": 1}, id="old = 1"),
        ],
    )
    def test_a_malformed_body_is_refused(self, target: Target, body: object) -> None:
        target.put("/values/no-such-key", body, expect=400)

    @pytest.mark.write("values.put_value")
    @pytest.mark.parametrize(
        "content", [b"{", b'{"a": 1', b"[1,]", b"\xff\xfe", b'{"old": true, "old": true}', b'{"old": NaN}'], ids=repr
    )
    def test_a_body_that_is_not_json_is_refused(self, target: Target, content: bytes) -> None:
        target.request("PUT", "/values/no-such-key", content=content, expect=400)

    @pytest.mark.write("values.put_value")
    @pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
    def test_another_content_type_is_refused(self, target: Target, content_type: str) -> None:
        headers = {"Content-Type": content_type}
        body: object = {"count": 1, "colour": "red"}
        target.request("PUT", "/values/no-such-key", body, headers=headers, expect=(400, 415))

    @pytest.mark.parametrize(
        "path",
        [
            pytest.param(
                "/values/no-such-key?level=NO_SUCH_VALUE",
                id="level=NO_SUCH_VALUE",
                marks=[pytest.mark.write("values.put_value")],
            ),
        ],
    )
    def test_a_malformed_parameter_is_refused(self, target: Target, path: str) -> None:
        target.put(path, {"count": 1, "colour": "red"}, expect=(400, 404))

    @pytest.mark.write("values.put_value")
    def test_an_unknown_key_is_not_found(self, target: Target) -> None:
        target.put("/values/no-such-key", expect=(400, 404))


class TestOtherMethods:
    """A method that a path does not have is refused, and an answer 405 says which ones it has (RFC 9110, 15.5.6)."""

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            pytest.param("GET", "/values/no-such-key", id="GET /values/{key}"),
            pytest.param(
                "PATCH", "/values/no-such-key", id="PATCH /values/{key}", marks=[pytest.mark.write("values.put_value")]
            ),
        ],
    )
    def test_another_method_is_refused(self, target: Target, method: str, path: str) -> None:
        target.request(method, path, expect=foreign_method.hold)
