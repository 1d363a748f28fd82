"""What a hub process counts about itself, as Prometheus reads it."""

import threading
from collections import Counter
from collections.abc import Iterable, Mapping

_BUCKETS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0)
Labels = tuple[tuple[str, str], ...]


class Counters:
    """Requests by route and status, and how long storing took; kept in memory only."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._ingest: Counter[float] = Counter()
        self._ingest_seconds = 0.0
        self._ingest_count = 0
        self._facts_stored = 0

    def count_request(self, method: str, route: str, status: int) -> None:
        """Note an answer."""
        with self._lock:
            self._requests[(method, route, status)] += 1

    def count_ingest(self, seconds: float, stored: int) -> None:
        """Note one push and the facts that were new."""
        with self._lock:
            self._ingest_count += 1
            self._ingest_seconds += seconds
            self._facts_stored += stored
            self._ingest.update(limit for limit in _BUCKETS if seconds <= limit)

    def lines(self) -> list[str]:
        """Return everything as Prometheus text."""
        with self._lock:
            requests: dict[Labels, float] = {
                (("method", method), ("route", route), ("status", str(status))): float(count)
                for (method, route, status), count in sorted(self._requests.items())
            }
            buckets: dict[Labels, float] = {
                (("le", str(limit)),): float(self._ingest[limit]) for limit in _BUCKETS
            }
            seconds, count, stored = self._ingest_seconds, self._ingest_count, self._facts_stored
        return [
            *metric("venuedesk_requests_total", "counter", requests),
            *metric("venuedesk_facts_stored_total", "counter", {(): float(stored)}),
            "# TYPE venuedesk_ingest_seconds histogram",
            *samples("venuedesk_ingest_seconds_bucket", buckets),
            *samples("venuedesk_ingest_seconds_bucket", {(("le", "+Inf"),): float(count)}),
            *samples("venuedesk_ingest_seconds_sum", {(): seconds}),
            *samples("venuedesk_ingest_seconds_count", {(): float(count)}),
        ]


def metric(name: str, kind: str, values: Mapping[Labels, float]) -> Iterable[str]:
    """Yield one metric of Prometheus text with its samples."""
    yield f"# TYPE {name} {kind}"
    yield from samples(name, values)


def samples(name: str, values: Mapping[Labels, float]) -> Iterable[str]:
    """Yield the samples of one name."""
    for labels, value in values.items():
        inside = ",".join(f'{key}="{_quoted(text)}"' for key, text in labels)
        yield f"{name}{{{inside}}} {value:g}" if inside else f"{name} {value:g}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
