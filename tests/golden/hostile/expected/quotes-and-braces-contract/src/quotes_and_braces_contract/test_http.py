"""What HTTP asks of every server, whatever its operations are."""

from __future__ import annotations

from ._suite import Target
from ._suite.checks import foreign_method
from ._suite.probes import unknown_path


class TestHttp:
    """RFC 9110."""

    def test_a_path_that_does_not_exist_is_not_found(self, target: Target) -> None:
        unknown_path.hold(target, "/no-such-path-of-this-api")

    def test_trace_is_refused(self, target: Target) -> None:
        target.request("TRACE", "/class/", expect=foreign_method.hold)
