"""The tests, in the order of the house: each folder mirrors one of service/."""

import os

from hypothesis import settings

# The first call of a test may build a table; how long that takes is the benchmarks' business.
settings.register_profile("wenmai", deadline=None)
settings.load_profile("wenmai")

# Whoever runs the tests may have a service of their own set up: none of its settings is meant for these.
for _name in [name for name in os.environ if name.startswith("WENMAI_")]:
    del os.environ[_name]
