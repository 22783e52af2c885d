"""Times: dates, periods and relative times, with the first and last day they cover."""

from service.extraction.times.finding import find_times

__all__ = ["find_times"]
