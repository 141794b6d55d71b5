"""What a user writes against the package of `input.yaml`; type checkers must agree with every line, and no more."""

from collections.abc import AsyncIterator
from typing import Any, assert_type
from uuid import UUID

from everything import AsyncEverything, Everything, Upload, models


def calls(client: Everything, key: UUID) -> None:
    assert_type(client.files.download(id=key, x_trace="t", filter=models.Filter(text="x")), bytes)
    client.files.download(id=key, status=models.Status.ON, tags=["a"])
    client.files.download(id=key, status="ON")
    client.files.download(id=str(key), status="ONN")  # type: ignore[arg-type]
    with client.with_streaming_response(client.files.download)(id=key) as answer:
        assert_type(answer.save("here"), int)
        for piece in answer.iter_bytes():
            assert_type(piece, bytes)
    client.with_streaming_response(client.files.download)(identifier=key)  # type: ignore[call-arg]
    client.files.upload(id=key, body=b"x")
    client.files.upload(id=key, body=open("x", "rb"))  # noqa: PTH123, SIM115
    client.files.upload(id=key, body=iter([b"x"]))
    client.files.upload(id=key, body=3)  # type: ignore[arg-type]
    assert_type(client.files.dict(file=b"x", more=[Upload(b"y", "y.txt")], meta=models.Labels(name="n")), str)
    found = client.files.list()
    if isinstance(found, list):
        for shape in found:
            if isinstance(shape, models.Circle):
                assert_type(shape.r, float | None)
                assert_type(shape.name, str | None)
            elif isinstance(shape, models.Square):
                assert_type(shape.side, float | None)
            else:
                assert_type(shape, dict[str, Any])
    elif found is not None:
        assert_type(found.additional_properties, dict[str, int])
    assert_type(models.Validation().additional_properties_2, dict[str, Any])
    client.notes.str(body="text", content_type="text/plain")
    client.notes.str(body=models.Filter())
    client.notes.str(body="text", content_type="text/html")  # type: ignore[arg-type]
    client.notes.same(text="x", since=None, content_type="application/x-www-form-urlencoded")
    assert_type(client.notes.xml(body="<a/>"), str)
    assert_type(client.with_raw_response(client.files.download)(id=key).parsed, bytes)


async def pieces() -> AsyncIterator[bytes]:
    yield b"x"


async def acalls(client: AsyncEverything, key: UUID) -> None:
    assert_type(await client.files.download(id=key), bytes)
    await client.files.upload(id=key, body=pieces())
    async with client.with_streaming_response(client.files.download)(id=key) as answer:
        assert_type(await answer.read(), bytes)
        async for piece in answer.iter_bytes(10):
            assert_type(piece, bytes)
