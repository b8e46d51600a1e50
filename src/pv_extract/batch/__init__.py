"""Many documents: every one isolated, every result kept, every input accounted for."""

from pv_extract.batch.limits import Limits
from pv_extract.batch.run import Progress, run
from pv_extract.batch.status import BatchError, Outcome, Status, Summary

__all__ = ["BatchError", "Limits", "Outcome", "Progress", "Status", "Summary", "run"]
