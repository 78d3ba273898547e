"""Turns time into calls. `embedded` does it inside one process."""
