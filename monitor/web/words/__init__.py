"""The words of the page, by language. Those of messages are in `monitor.wording`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from monitor.web.words import en, nl
from monitor.web.words.language import Language

LANGUAGES: Final[Mapping[str, Language]] = MappingProxyType({"nl": nl.WORDS, "en": en.WORDS})

__all__ = ["LANGUAGES", "Language"]
