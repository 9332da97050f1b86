"""Nobody speaks, and something is to be done: timers, danger that goes on, the digest, the audit."""
