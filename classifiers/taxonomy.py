"""The codes a message can carry: types, urgencies, sensitivities, and the numbers to call in an emergency."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CHAT: Final = "chat"
OTHER: Final = "other"

# The order settles a tie between two types that the words support equally.
TYPES: Final[tuple[str, ...]] = (
    "safety",
    "dispute",
    "repair",
    "public_facility",
    "environment",
    "elder_care",
    "errand",
    "policy",
    "wish",
    "suggestion",
    OTHER,
)

URGENCIES: Final[tuple[str, ...]] = ("normal", "urgent", "emergency")  # from calm to pressing
SENSITIVITIES: Final[tuple[str, ...]] = ("open", "private", "confidential")  # from loose to strict

# Dangers to the whole house: no secret, whatever was told before, and everybody is needed.
SEEN_BY_ALL: Final = frozenset({"fire", "gas", "electric", "flood"})

# What each kind of emergency can be, whatever thing it happened to: a burning television is no repair.
TYPES_OF_EMERGENCY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "medical": ("elder_care", OTHER),
        "fire": ("safety",),
        "gas": ("safety",),
        "violence": ("dispute", "safety"),
        "self_harm": (OTHER, "elder_care"),
        "missing": ("safety", "elder_care"),
        "trapped": ("safety", "repair"),
        "electric": ("safety",),
        "flood": ("safety",),
    }
)

# In the order in which a person should be told to call them; none for "leave the house, then the gas company".
EMERGENCY_NUMBERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "medical": ("120",),
        "fire": ("119",),
        "gas": ("119",),
        "violence": ("110",),
        "self_harm": ("12356", "110"),
        "missing": ("110",),
        "trapped": ("119",),
        "electric": ("120", "119"),
        "flood": ("119",),
    }
)


def urgency_rank(urgency: str) -> int:
    """0 for normal, 1 for urgent, 2 for emergency."""
    return URGENCIES.index(urgency)


def sensitivity_rank(sensitivity: str) -> int:
    """0 for open, 1 for private, 2 for confidential."""
    return SENSITIVITIES.index(sensitivity)
