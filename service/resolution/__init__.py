"""All names of a corpus → who is who. Pure: the same names in any order give the same answer.

``values`` is what goes in and comes out, ``groups`` brings the names of one bearer together, ``slugs`` gives them an
id, ``describe`` their shown names, ``decided`` applies the editors' decisions, which outrank everything, and
``resolve`` conducts.
"""

from service.resolution.resolve import resolve
from service.resolution.values import GlossSeen, NameSeen, Place, Resolution

__all__ = ["GlossSeen", "NameSeen", "Place", "Resolution", "resolve"]
