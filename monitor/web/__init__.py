"""Pages and probes: they read, show, and change nothing."""
