"""The tests, in the order of the house: each folder mirrors one of service/."""

from hypothesis import settings

# The first call of a test may build a table; how long that takes is the benchmarks' business.
settings.register_profile("wenmai", deadline=None)
settings.load_profile("wenmai")
