"""Is somebody in danger now? Words of danger, what only sounds like one, and the layer that decides."""
