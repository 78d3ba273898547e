"""Configuration: one YAML file into frozen models, every fault named at once.

What the sections hold stands in `sections`; how text becomes values in `values`. People and incidents are not configuration.
"""

from monitor.config.reading import Kind, SettingsOf, load, parse
from monitor.config.schema import json_schema
from monitor.config.sections import (
    ChannelConfig,
    Config,
    DeliveryConfig,
    LogConfig,
    NetworkConfig,
    NotifierConfig,
    OpsConfig,
    OrganisationConfig,
    PeopleConfig,
    SourceConfig,
    WebConfig,
)
from monitor.config.values import HostPort
from monitor.config.walk import secrets_of

__all__ = [
    "ChannelConfig",
    "Config",
    "DeliveryConfig",
    "HostPort",
    "Kind",
    "LogConfig",
    "NetworkConfig",
    "NotifierConfig",
    "OpsConfig",
    "OrganisationConfig",
    "PeopleConfig",
    "SettingsOf",
    "SourceConfig",
    "WebConfig",
    "json_schema",
    "load",
    "parse",
    "secrets_of",
]
