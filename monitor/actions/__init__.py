"""What people do: each action is one transaction and one audit record. Pages, API and commands call the same ones."""
