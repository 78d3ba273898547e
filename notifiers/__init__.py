"""The ways to reach people, one file each. Nothing else belongs here; `monitor.ports` says what a notifier is."""
