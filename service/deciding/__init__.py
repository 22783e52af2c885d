"""Who is who, decided by editors: what they say outranks what is extracted, and can be taken back.

Every word is a row of its own with who said it, when and why; rows are never changed. `making` says one, `standing`
refuses what contradicts those that stand, `exchange` carries them to another database as TOML.
"""

from service.deciding.exchange import exported, imported
from service.deciding.making import (
    add_alias,
    edit_entity,
    merge_entities,
    not_this,
    reject,
    remove_alias,
    revoke,
    split_entity,
)
from service.deciding.standing import ContradictionError, DecisionError
from service.deciding.words import Where, Word

__all__ = [
    "ContradictionError",
    "DecisionError",
    "Where",
    "Word",
    "add_alias",
    "edit_entity",
    "exported",
    "imported",
    "merge_entities",
    "not_this",
    "reject",
    "remove_alias",
    "revoke",
    "split_entity",
]
