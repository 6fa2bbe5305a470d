"""What holds for all tests: profiles of hypothesis (``make test-long``), and no token is shown."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.canary"]

settings.register_profile(
    "default",
    deadline=None,  # shared machines are slow at times; time is measured in benchmarks/
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("long", settings.get_profile("default"), max_examples=20_000)
settings.load_profile("default")
