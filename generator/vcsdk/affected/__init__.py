"""Which places in a program a change of an API touches.

A program is read, never imported or run.  What its expressions come to is worked out from the surface of the package
as it was: imports, the chain of attributes from a client to a method, what a call gives, what a model has.
"""

from __future__ import annotations

from vcsdk.affected.places import Place, Unfollowed, places_of

__all__ = ["Place", "Unfollowed", "places_of"]
