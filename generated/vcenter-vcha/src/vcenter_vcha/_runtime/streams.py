"""Answers that are a sequence of values, read one by one as they come: server-sent events and lines of JSON."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

import httpx2
import msgspec

from .answers import item_of, stream_of, unfit, value_of
from .call import Caller, captured
from .deadline import OutOfTime
from .effects import Flow, Sleep
from .errors import ClientClosed, SdkError
from .incoming import Incoming
from .media import is_event_stream, is_json_sequence
from .operation import Answer
from .raw import OpenAnswer, RawAnswer
from .records import EventParser, LineParser, RawEvent, SequenceParser
from .transport_failure import TooLarge

if TYPE_CHECKING:
    from .drive_async import AsyncDriver
    from .drive_sync import SyncDriver
    from .hooks import Purpose
    from .request import Prepared
    from .settings import Clock, Timeout

T_co = TypeVar("T_co", covariant=True)
_PAUSE = 3.0
"""Seconds before a stream is opened again where the server asks for no others."""
_BARREN = 0.05
"""Seconds before that after a connection without an event, at least; each further one doubles them, up to `_PAUSE`."""
_END = "[DONE]"


class Event(msgspec.Struct, Generic[T_co], frozen=True):
    """A server-sent event: its decoded data, its type, and the last identifier that the stream named, "" if none."""

    data: T_co
    type: str = "message"
    id: str = ""


class _Opened(Incoming):
    """A stream that is open: where it comes from, what its values are, and what may be done when it breaks off."""

    def __init__(
        self, caller: Caller, prepared: Prepared, timeout: Timeout | None, choice: Answer, response: httpx2.Response
    ) -> None:
        super().__init__(prepared.operation, response, caller.line.bounds)
        self.caller: Caller = caller
        self.choice: Answer = choice
        self._prepared = prepared
        self._timeout = timeout

    def value(self, content: bytes) -> Any:
        return item_of(self.caller.facts, self.operation, self.choice, content)

    def again(self, last_id: str, pause: float) -> Flow[bool]:
        """Open the stream again where it broke off; False where the server says that it has ended (204)."""
        left = self.left
        if left is not None and pause >= left:
            yield Sleep(left)
            raise self.broken(OutOfTime())
        yield Sleep(pause)
        prepared = self._prepared
        if last_id:
            # The standard sends UTF-8, which a text of Python's `str` would not become in a header.
            headers: Any = {**prepared.headers, "last-event-id": last_id.encode()}
            prepared = msgspec.structs.replace(prepared, headers=headers)
        answer = yield from opening(self.caller, prepared, self.caller.clock(self._timeout), "reconnect")
        if not isinstance(answer, OpenAnswer):
            value_of(self.caller.facts, self.operation, answer)
            raise unfit(self.caller.facts, self.operation, answer, f"the server answered status {answer.status}")
        self.response: httpx2.Response = answer.response
        if answer.status == 204:
            return False
        if stream_of(self.caller.facts, self.operation, answer) is None:
            raise unfit(self.caller.facts, self.operation, answer, "the server no longer answers a stream")
        return True


class _Stream:
    """What all streams share: what is open, and whether it still is."""

    def __init__(self, opened: _Opened) -> None:
        self._opened = opened
        self._closed = False
        self._is_cut = False
        self._failed: Exception | None = None

    def _whole_or_broken(self) -> None:
        """Raises what broke the pieces off; outside its handler, as it may refer to the request and credentials."""
        failed, self._failed = self._failed, None
        if failed is not None:
            raise self._opened.broken(failed)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._opened.operation.name}>"


class _Closes(_Stream):
    """An iterator that is a context manager: leaving the `with` block closes the connection."""

    def __iter__(self) -> Self:
        return self

    def close(self) -> None:
        """Close the connection, whatever is still to come."""
        self._closed = True
        self._opened.response.close()

    def _pieces(self) -> Iterator[bytes]:
        """The pieces as they come; what breaks them off is left in `_failed`."""
        try:
            self._opened.begin()
            for piece in self._opened.response.iter_bytes():
                self._opened.add(piece)
                yield piece
        except Exception as error:
            self._failed = error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _AsyncCloses(_Stream):
    """The same for asyncio."""

    def __aiter__(self) -> Self:
        return self

    async def close(self) -> None:
        """Close the connection, whatever is still to come."""
        self._closed = True
        await self._opened.response.aclose()

    def _is_at_its_end(self) -> bool:
        """Whether nothing more comes.  Raises ClientClosed where the rest was lost with an event loop that ended."""
        if self._is_cut or not self._closed:
            self._opened.begin_here()
        if self._is_cut:
            raise ClientClosed("the event loop ended the answer before it was whole")
        return self._closed

    async def _pieces(self) -> AsyncIterator[bytes]:
        """The same for asyncio."""
        import asyncio

        try:
            self._opened.begin_here()
            pieces = self._opened.response.aiter_bytes()
            while True:
                async with asyncio.timeout(self._opened.left):
                    piece = await anext(pieces, None)
                if piece is None:
                    return
                self._opened.add(piece)
                yield piece
        except Exception as error:
            self._failed = error

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class _Reconnects(_Stream):
    """What both streams of events share.

    A connection that ends is made again, with `Last-Event-ID`, where the operation is a GET that changes nothing and
    the server takes part: it has named an identifier or a time (`id`, `retry`).  Otherwise its end is the stream's, and
    a break an error.  `reconnects = False` turns it off, True lets it happen without either.
    """

    def __init__(self, opened: _Opened) -> None:
        super().__init__(opened)
        self._parser = EventParser()
        self._ended = opened.response.status_code == 204
        self._barren = 0
        self.reconnects: bool | None = None

    @property
    def last_event_id(self) -> str:
        """The last identifier that the stream has named, "" if none."""
        return self._parser.last_id

    def _events_of(self, piece: bytes) -> Iterator[Event[Any]]:
        self._opened.add(piece)
        yield from self._events_in(piece)
        self._opened.hold(self._parser.held)

    def _events_in(self, piece: bytes) -> Iterator[Event[Any]]:
        for event in self._parser.feed(piece):
            if not self._opened.choice.text:
                if event.data == _END:
                    self._ended = True
                    return
                if not event.data:
                    continue
            yield self._decoded(event)

    def _decoded(self, event: RawEvent) -> Event[Any]:
        self._barren = -1
        text = self._opened.choice.text
        return Event(event.data if text else self._opened.value(event.data.encode()), event.type, event.id)

    def _again(self, failed: Exception | None) -> Flow[bool] | None:
        """How the stream goes on after a connection has ended; None where it does not.  Raises what broke it."""
        operation, parser = self._opened.operation, self._parser
        safe = operation.safe and operation.method == "GET"
        takes_part = bool(parser.last_id) or parser.pause is not None if self.reconnects is None else self.reconnects
        # A server that is silent for too long, or says too much, has not ended anything: a bound has been reached.
        own = isinstance(failed, httpx2.TimeoutException | OutOfTime | TimeoutError | TooLarge | SdkError)
        if self._closed or self._ended or not safe or not takes_part or own or not parser.last_id.isprintable():
            return None
        parser.begin()
        pause = _PAUSE if parser.pause is None else parser.pause
        self._barren += 1
        if self._barren:
            # Nobody who ends each connection at once is asked without an end and without a breath.
            pause = max(pause, min(_PAUSE, _BARREN * 2 ** min(self._barren, 8)))
        return self._opened.again(parser.last_id, pause)


class EventStream(_Reconnects, _Closes, Generic[T_co]):
    """Server-sent events as they come: iterating gives the data of each, decoded; `events()` the events themselves.

    A context manager: leaving the `with` block closes the connection; so does the end of the stream.  The method's
    `timeout` bounds the head of the answer and then each silence.  An event without data is passed over, and data
    `[DONE]` ends a stream of JSON.

    Iterating raises UnexpectedAnswer for data that does not fit the description, ConnectionFailed (OutcomeUnknown if
    the operation changes something) where the connection breaks and cannot be made again, and what a server that is
    asked again answers.
    """

    def __init__(self, opened: _Opened, driver: SyncDriver) -> None:
        super().__init__(opened)
        self._driver = driver
        self._read = self._reading()

    def events(self) -> Iterator[Event[T_co]]:
        """The events with their types and identifiers; the same stream, so that each is given once."""
        while not self._closed:
            event = next(self._read, None)
            if event is None:
                return
            yield event

    def _reading(self) -> Iterator[Event[T_co]]:
        try:
            while not self._ended:
                for piece in self._pieces():
                    yield from self._events_of(piece)
                    if self._ended:
                        return
                failed, self._failed = self._failed, None
                self._opened.response.close()
                again = self._again(failed)
                if again is None and failed is not None:
                    problem = self._opened.broken(failed)
                    failed = None
                    raise problem
                if again is None or not self._driver.run(again):
                    return
        finally:
            self.close()

    def __next__(self) -> T_co:
        if self._closed:
            raise StopIteration
        return next(self._read).data


class AsyncEventStream(_Reconnects, _AsyncCloses, Generic[T_co]):
    """The same for asyncio, iterated with `async for`; an asynchronous context manager."""

    def __init__(self, opened: _Opened, driver: AsyncDriver) -> None:
        super().__init__(opened)
        self._driver = driver
        self._read = self._reading()

    async def events(self) -> AsyncIterator[Event[T_co]]:
        """The events with their types and identifiers; the same stream, so that each is given once."""
        while not self._is_at_its_end():
            event = await anext(self._read, None)
            if event is None:
                return
            yield event

    async def _reading(self) -> AsyncIterator[Event[T_co]]:
        try:
            while not self._ended:
                async for piece in self._pieces():
                    for event in self._events_of(piece):
                        yield event
                    if self._ended:
                        return
                failed, self._failed = self._failed, None
                await self._opened.response.aclose()
                again = self._again(failed)
                if again is None and failed is not None:
                    problem = self._opened.broken(failed)
                    failed = None
                    raise problem
                if again is None or not await self._driver.run(again):
                    return
        except GeneratorExit:
            self._is_cut = not self._closed
            raise
        finally:
            await self.close()

    async def __anext__(self) -> T_co:
        if self._is_at_its_end():
            raise StopAsyncIteration
        return (await anext(self._read)).data


def _parser_of(choice: Answer) -> LineParser:
    return SequenceParser() if is_json_sequence(choice.content_type) else LineParser()


class ItemStream(_Closes, Generic[T_co]):
    """JSON values as they come, a line or a record each, decoded.

    A context manager: leaving the `with` block closes the connection; so does the end of the stream.  The method's
    `timeout` bounds the head of the answer and then each silence.

    Iterating raises UnexpectedAnswer for a value that does not fit the description, and ConnectionFailed
    (OutcomeUnknown if the operation changes something) where the connection breaks.
    """

    def __init__(self, opened: _Opened) -> None:
        super().__init__(opened)
        self._read = self._reading()

    def _reading(self) -> Iterator[T_co]:
        parser = _parser_of(self._opened.choice)
        try:
            for piece in self._pieces():
                for text in parser.feed(piece):
                    yield self._opened.value(text)
                self._opened.hold(parser.held)
            self._whole_or_broken()
            for text in parser.finish():
                yield self._opened.value(text)
        finally:
            self.close()

    def __next__(self) -> T_co:
        if self._closed:
            raise StopIteration
        return next(self._read)


class AsyncItemStream(_AsyncCloses, Generic[T_co]):
    """The same for asyncio, iterated with `async for`; an asynchronous context manager."""

    def __init__(self, opened: _Opened) -> None:
        super().__init__(opened)
        self._read = self._reading()

    async def _reading(self) -> AsyncIterator[T_co]:
        parser = _parser_of(self._opened.choice)
        try:
            async for piece in self._pieces():
                for text in parser.feed(piece):
                    yield self._opened.value(text)
                self._opened.hold(parser.held)
            self._whole_or_broken()
            for text in parser.finish():
                yield self._opened.value(text)
        except GeneratorExit:
            self._is_cut = not self._closed
            raise
        finally:
            await self.close()

    async def __anext__(self) -> T_co:
        if self._is_at_its_end():
            raise StopAsyncIteration
        return await anext(self._read)


def opening(caller: Caller, prepared: Prepared, clock: Clock, purpose: Purpose = "call") -> Flow[RawAnswer]:
    """The answer of one call, a success with its body unread."""
    return caller.answer(prepared, clock, stream=True, purpose=purpose)


def opened(caller: Caller, driver: SyncDriver, prepared: Prepared, timeout: Timeout | None) -> Any:
    """The stream that a call gives, or the value where the answer is none.  Raises as a call does."""
    clock = caller.clock(timeout)
    answer = driver.run(opening(caller, prepared, clock))
    if not isinstance(answer, OpenAnswer):
        return caller.value_of(prepared.operation, answer)
    try:
        choice = stream_of(caller.facts, prepared.operation, answer)
        if choice is None:
            whole = driver.run(caller.line.rest(prepared.operation, answer, clock))
            return caller.value_of(prepared.operation, whole)
    except BaseException:
        answer.response.close()
        raise
    stream = _stream(caller, prepared, timeout, choice, answer)
    return EventStream(stream, driver) if is_event_stream(choice.content_type) else ItemStream(stream)


async def aopened(caller: Caller, driver: AsyncDriver, prepared: Prepared, timeout: Timeout | None) -> Any:
    """The same for asyncio."""
    clock = caller.clock(timeout)
    answer = await driver.run(opening(caller, prepared, clock))
    if not isinstance(answer, OpenAnswer):
        return caller.value_of(prepared.operation, answer)
    try:
        choice = stream_of(caller.facts, prepared.operation, answer)
        if choice is None:
            whole = await driver.run(caller.line.rest(prepared.operation, answer, clock))
            return caller.value_of(prepared.operation, whole)
    except BaseException:
        await answer.response.aclose()
        raise
    stream = _stream(caller, prepared, timeout, choice, answer)
    return AsyncEventStream(stream, driver) if is_event_stream(choice.content_type) else AsyncItemStream(stream)


def _stream(caller: Caller, prepared: Prepared, timeout: Timeout | None, choice: Answer, answer: OpenAnswer) -> _Opened:
    if (slot := captured.get()) is not None:
        slot.append(RawAnswer(answer.status, answer.headers, b""))
    return _Opened(caller, prepared, timeout, choice, answer.response)
