"""The JSON Schema of the configuration, for editors: completion, explanation, and a red line before the service starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from monitor.config.sections import Config, NotifierConfig, SourceConfig
from monitor.config.walk import secret_fields, shape_of
from monitor.ports import Settings

Schema = dict[str, Any]  # Any: a JSON Schema is a tree of everything that JSON knows
Plugins = Mapping[str, type[Settings]]


def json_schema(*, providers: Plugins, notifiers: Plugins) -> Schema:
    """Return the JSON Schema of a configuration with these plug-ins and their settings."""
    inlined: list[type[BaseModel]] = [Config, Settings, *providers.values(), *notifiers.values()]
    models = list(dict.fromkeys([*inlined, *_sections(Config)]))
    places, defined = models_json_schema([(model, "validation") for model in models])
    definitions: Schema = defined["$defs"]
    schema_of = {model: definitions[places[model, "validation"]["$ref"].rpartition("/")[2]] for model in models}
    for model, schema in schema_of.items():
        _allow_files(schema, model)

    schema_of[SourceConfig] |= _chosen("provider", {name: _below_settings(schema_of[model]) for name, model in providers.items()})
    schema_of[SourceConfig]["properties"]["settings"] = {"type": "object", "description": "Settings of the provider."}
    beside = {name: _beside_type(schema_of[model]) for name, model in notifiers.items()}
    schema_of[NotifierConfig] |= _chosen("type", beside) | {"additionalProperties": True}
    del schema_of[NotifierConfig]["properties"]["settings"]
    gone = [id(schema_of[model]) for model in inlined]
    definitions = {name: schema for name, schema in definitions.items() if id(schema) not in gone}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema_of[Config], "$defs": definitions}


def _sections(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield the models that *model* is made of."""
    for option in model.model_fields.values():
        _, section = shape_of(option.annotation)
        if section is not None:
            yield section
            yield from _sections(section)


def _allow_files(schema: Schema, model: type[BaseModel]) -> None:
    """Add the `_file` form of every secret."""
    for name in sorted(secret_fields(model)):
        schema["properties"][f"{name}_file"] = {"type": "string", "description": f"File that holds {name}."}
        schema["required"] = [required for required in schema.get("required", []) if required != name]


def _chosen(key: str, consequences: Mapping[str, Schema]) -> Schema:
    """Return the part of a schema in which the plug-in that *key* names decides what else may stand there."""
    return {"allOf": [{"if": {"properties": {key: {"const": name}}}, "then": then} for name, then in consequences.items()]}


def _below_settings(schema: Schema) -> Schema:
    return {"properties": {"settings": schema}, **({"required": ["settings"]} if schema.get("required") else {})}


def _beside_type(schema: Schema) -> Schema:
    return {**schema, "properties": {"type": True, **schema.get("properties", {})}}
