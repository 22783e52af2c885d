"""A model that proposes, where one is configured: every proposal quotes the post exactly, and rules outrank it.

`asking` puts posts to it through an `endpoint`, `kept` keeps its replies, `grounding` holds them against the post, and
`asked` is all that whoever stores posts knows of it.
"""

from service.proposing.asked import Asked, attach, attached

__all__ = ["Asked", "attach", "attached"]
