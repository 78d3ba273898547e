"""How well and how fast names are found: what is tried and how it is counted; `benchmarks.names` is the command.

The names, spellings and sentences that are tried are invented here, by people who did not look at the matcher: nothing in
`people`, `spelling` and `sentences` may import its rules.
"""
