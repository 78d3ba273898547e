"""The table of words that was made when Naamwacht was installed: finds it beside the code and reads it once.

Not here: what is in it (`hatch_build.py` at the root of the sources) and what it means (`monitor.core.lexicon`).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from monitor.core.lexicon import BrokenTable, Lexicon
from monitor.ports import PluginError

TABLE = "words.table"
REMEDY = "install Naamwacht again: make, or pip install -e . in its folder"


@cache
def load_lexicon() -> Lexicon:
    """Return what is known of words. Raises `PluginError`, with the remedy, where the table is missing or broken."""
    return read_lexicon(files("monitor") / TABLE)


def read_lexicon(place: Traversable) -> Lexicon:
    """Return what the table at *place* knows. Raises `PluginError`."""
    try:
        return Lexicon.from_bytes(place.read_bytes())
    except FileNotFoundError:
        raise PluginError(f"the table of words is missing ({place}): {REMEDY}") from None
    except (OSError, BrokenTable) as error:
        raise PluginError(f"the table of words cannot be read ({place}: {error}): {REMEDY}") from error
