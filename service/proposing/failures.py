"""How asking a model can fail, as one error that tells the kind."""

from __future__ import annotations

from service.errors import WenmaiError


class ProposalError(WenmaiError):
    """A question that got no answer; `kind` says why in one word.

    ``timeout``, ``unreachable``, ``redirected``, ``rejected`` (4xx), ``busy`` (429), ``broken`` (5xx), ``cut_off``,
    ``oversized``, ``malformed``, ``refused`` (by the model), ``budget``.
    """

    def __init__(self, kind: str, detail: str, *, wait: float | None = None) -> None:
        self.kind, self.wait = kind, wait
        super().__init__(detail)
