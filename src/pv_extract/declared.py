"""YAML with every scalar as text, so that `1.045` stays text and `no` is not False: how all files under schemas/ are read."""

from typing import Any  # loaders have no common type

import yaml

# libyaml's loader reads the same ten times as fast; a PyYAML that was built without it has the other
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def parse_yaml(text: str) -> object:
    """The texts, lists and mappings that a YAML text holds; nothing else is ever built.

    Raises:
        yaml.YAMLError: where it is no YAML.
    """
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - a base loader is safe
