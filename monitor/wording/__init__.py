"""Words: codes with parameters become Dutch and English, and what is to be said becomes a `Message`.

Nothing is decided here about who is told, or when; that is `monitor.core.alerting`.
"""

from __future__ import annotations

from monitor.wording.letters import Addressed, Alert, Digest, House, Notice, Said, Summary, Told, message_of
from monitor.wording.phrases import LANGUAGES, day_in_words, moment_in_words, reason_in_words, speaks_for

__all__ = [
    "LANGUAGES",
    "Addressed",
    "Alert",
    "Digest",
    "House",
    "Notice",
    "Said",
    "Summary",
    "Told",
    "day_in_words",
    "message_of",
    "moment_in_words",
    "reason_in_words",
    "speaks_for",
]
