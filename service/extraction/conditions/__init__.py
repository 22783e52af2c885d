"""Under which condition a figure holds, and what it is the value of."""

from service.extraction.conditions.exclusion import exclude
from service.extraction.conditions.governing import conditions_at, with_roles

__all__ = ["conditions_at", "exclude", "with_roles"]
