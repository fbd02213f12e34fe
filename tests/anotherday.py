"""A plugin that runs the suite on another day: ``pytest -p anotherday`` (``make test-elsewhere``)."""

import os

import time_machine


def pytest_configure() -> None:
    time_machine.travel(os.environ.get("KEHOACH_DAY", "2031-12-31T23:59:50+00:00"), tick=True).start()
