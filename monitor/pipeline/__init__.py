"""The way of a mention: look, match, record, deliver. What the clock makes happen, and nothing that people do.

`look` asks the network without a transaction, `record` writes what it brought in one, `deliver` claims, sends and marks,
`housekeep` forgets. Decisions are taken in `monitor.core`; here they are asked for and carried out.
"""
