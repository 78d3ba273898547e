"""The outbound gate, and the child processes that read what came in through it."""
