"""The composition root: the only place that knows the real clock, real chance and concrete classes.

It puts the parts together and decides nothing; what the parts do stands with them.
"""

from monitor.app.application import App, SystemClock, load_config, parse_children, parse_config, settings_of

__all__ = ["App", "SystemClock", "load_config", "parse_children", "parse_config", "settings_of"]
