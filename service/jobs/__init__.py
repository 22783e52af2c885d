"""Work that outlives a request: ingestions in the background, one at a time, in the order they were submitted.

`queue` keeps them in a database, `batches` writes their posts down, `watch` notices who died, `running` does them,
`following` waits for them. `pushes` turns what a code host tells into jobs; `commits` brings a source to a commit of a
repository at hand.
"""

from service.jobs.pushes import Push, Pushes
from service.jobs.queue import ENDED
from service.jobs.running import Batch, Jobs

__all__ = ["ENDED", "Batch", "Jobs", "Push", "Pushes"]
