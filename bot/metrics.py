"""What Prometheus is told. Labels never carry a person, a place or words."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

RECEIVED = Counter("hutong_received_total", "Messages and events received", ["channel", "kind"])
HANDLED = Histogram(
    "hutong_handling_seconds",
    "From a message's arrival to its commit",
    ["channel"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
SENT = Counter("hutong_sent_total", "Messages that went out", ["channel", "kind"])
FAILED = Counter("hutong_send_failures_total", "Sends that did not succeed", ["channel", "how"])
OUTBOX = Gauge("hutong_outbox", "Messages in the outbox by state", ["state"])
TIMERS_LATE = Gauge("hutong_timers_late_seconds", "By how much the oldest due timer is late")
CONNECTED = Gauge("hutong_wecom_connected", "1 while the long connection is up")
