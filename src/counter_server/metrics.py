"""What Prometheus reads. Counters of this process; nothing here names a unit, a person or a dossier.

Other modules count by importing a name; what lies in the database is asked when Prometheus comes (`health`).
"""

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()

REQUESTS = Histogram(
    "counter_server_request_seconds",
    "Requests by route and status; a pull may wait as long as a long poll does.",
    ("method", "route", "status"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=REGISTRY,
)
REFUSALS = Counter("counter_server_refusals", "Refusals by code.", ("code",), registry=REGISTRY)
PUSHES = Counter("counter_server_pushes", "Batches taken.", registry=REGISTRY)
EVENTS = Counter("counter_server_events", "Events taken.", registry=REGISTRY)
DUPLICATES = Counter(
    "counter_server_duplicate_events",
    "Events that had come before: no second effect.",
    registry=REGISTRY,
)
UPLOAD_BYTES = Counter("counter_server_upload_bytes", "Bytes of scans taken.", registry=REGISTRY)
SCANS = Counter("counter_server_scans", "Scans stored whole.", registry=REGISTRY)
