"""Work that outlives a request: ingestions in the background, one at a time, in the order they were submitted.

`queue` keeps them in a database, `batches` writes their posts down, `watch` notices who died, `running` does them.
"""

from service.jobs.queue import ENDED
from service.jobs.running import Batch, Jobs

__all__ = ["ENDED", "Batch", "Jobs"]
