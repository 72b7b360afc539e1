"""Many writers at one signal, each on a connection of its own. Rounds: 20 in `make test`, RACE_ROUNDS in `make race`."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, connections

ROUNDS = int(os.environ.get("RACE_ROUNDS", 20))
WRITERS = 32


class Crew:
    """As many threads as there are writers, kept with their connections over the rounds of one test."""

    def __init__(self, size=WRITERS):
        self.size = size
        self.threads = ThreadPoolExecutor(size)
        self.gate = threading.Barrier(size)

    def __enter__(self):
        self.together(*[connection.ensure_connection] * self.size)
        return self

    def __exit__(self, *_error):
        self.together(*[connections.close_all] * self.size)
        self.threads.shutdown()

    def together(self, *calls):
        """Run one call in each thread, started at one signal; what each returned or raised, in order."""
        return [future.result(timeout=120) for future in [self.threads.submit(self._run, call) for call in calls]]

    def _run(self, call):
        self.gate.wait(timeout=60)
        try:
            return call()
        except Exception as error:  # compared by the test, whatever it is
            return error
