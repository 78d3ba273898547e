"""The people file: rows become Registrations, two lists of them become a difference, and Registrations become rows again.

Pure. Reading bytes (CSV, XLSX), the database and the audit record are elsewhere.
"""

from monitor.core.registrations.difference import Change, PeopleDiff, diff, is_too_many_gone
from monitor.core.registrations.headings import Column
from monitor.core.registrations.naming import EnteredName
from monitor.core.registrations.reading import NO_ADDRESSES, PeopleFile, read_rows
from monitor.core.registrations.row import RowProblem
from monitor.core.registrations.writing import to_rows

__all__ = [
    "NO_ADDRESSES",
    "Change",
    "Column",
    "EnteredName",
    "PeopleDiff",
    "PeopleFile",
    "RowProblem",
    "diff",
    "is_too_many_gone",
    "read_rows",
    "to_rows",
]
