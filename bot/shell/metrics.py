"""What is counted for the operator, for Prometheus at ``/metrics``. Numbers and kinds, never names.

The counters are the process's own: whoever counts imports them.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

READY = Gauge("banyan_ready", "1 while everything can be used", registry=REGISTRY)
STORAGE = Gauge(
    "banyan_storage_up",
    "1 while the database can be written, as of the last look",
    registry=REGISTRY,
)
EVENTS = Counter(
    "banyan_events",
    "Events decided, by kind and by how it went",
    ["kind", "how"],
    registry=REGISTRY,
)
DECIDING = Histogram(
    "banyan_event_seconds",
    "From an event's coming to its being stored",
    registry=REGISTRY,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
UNDER_WAY = Gauge("banyan_events_under_way", "Events not yet answered", registry=REGISTRY)
DELIVERIES = Counter(
    "banyan_deliveries", "Tries to deliver, by how they went", ["how"], registry=REGISTRY
)
BLUNDERS = Counter(
    "banyan_errors", "Errors that ended in the log, by kind", ["kind"], registry=REGISTRY
)
OWED = Gauge("banyan_outbox_owed", "Deliveries still to be made", registry=REGISTRY)
LATE = Gauge(
    "banyan_outbox_late_seconds",
    "How long the oldest due delivery has been waiting",
    registry=REGISTRY,
)
UNCERTAIN = Gauge(
    "banyan_outbox_uncertain", "Deliveries of which nobody knows if they arrived", registry=REGISTRY
)
