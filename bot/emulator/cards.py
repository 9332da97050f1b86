"""Template cards of the smart robot: what is refused, and what a client shows of them (fact sheet D8)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Card = Mapping[str, Any]
TYPES = frozenset({"text_notice", "news_notice", "button_interaction", "vote_interaction", "multiple_interaction"})
INTERACTIVE = TYPES - {"text_notice", "news_notice"}
# Path of a list in the card, and how many items it may have.
COUNTS = {
    ("horizontal_content_list",): (0, 6),
    ("jump_list",): (0, 3),
    ("vertical_content_list",): (0, 4),
    ("action_menu", "action_list"): (1, 3),
    ("button_list",): (1, 6),
    ("button_selection", "option_list"): (1, 10),
    ("checkbox", "option_list"): (1, 20),
    ("select_list",): (1, 3),
}
REQUIRED: dict[str, tuple[str, ...]] = {
    "text_notice": ("card_action",),
    "news_notice": ("main_title", "card_action"),
    "button_interaction": ("main_title", "button_list", "task_id"),
    "vote_interaction": ("main_title", "checkbox", "submit_button", "task_id"),
    "multiple_interaction": ("main_title", "select_list", "submit_button", "task_id"),
}
KEY_BYTES = 1024
_TASK_ID = re.compile(r"[0-9A-Za-z_\-@]{1,128}")


class BadCard(ValueError):
    """Why the platform refuses a card."""


@dataclass(frozen=True, slots=True)
class Face:
    """What the client shows: words, buttons (label, '', key), links (label, address)."""

    text: str
    options: tuple[tuple[str, str, str], ...]
    links: tuple[tuple[str, str], ...]


def check_card(card: Any) -> None:
    """Raises BadCard. Lengths are only recommended by the sheet, so they are not held; counts and keys are."""
    if not isinstance(card, Mapping) or card.get("card_type") not in TYPES:
        raise BadCard("invalid card_type")
    for name in REQUIRED[card["card_type"]]:
        if not card.get(name):
            raise BadCard(f"missing {name}")
    _check_words(card)
    _check_counts(card)
    _check_keys([str(key) for _, key in _buttons(card)])
    if card.get("action_menu") and not card.get("task_id"):
        raise BadCard("missing task_id")
    if card.get("task_id") and not _TASK_ID.fullmatch(str(card["task_id"])):
        raise BadCard("invalid task_id")


def face(card: Card) -> Face:
    title = card.get("main_title") or {}
    rows = (f"{row.get('keyname', '')}：{row.get('value', '')}" for row in card.get("horizontal_content_list") or ())
    choices = (f"○ {one.get('text', '')}" for one in (card.get("checkbox") or {}).get("option_list") or ())
    words = [title.get("title"), title.get("desc"), card.get("sub_title_text"), *rows, *choices]
    return Face(
        text="\n".join(str(word) for word in words if word),
        options=tuple((str(text), "", str(key)) for text, key in _buttons(card)),
        links=tuple(_links(card)),
    )


def _check_words(card: Card) -> None:
    title = card.get("main_title") or {}
    if card["card_type"] == "text_notice":
        if not title.get("title") and not card.get("sub_title_text"):
            raise BadCard("missing main_title.title or sub_title_text")
    elif not isinstance(title, Mapping) or not title.get("title"):
        raise BadCard("missing main_title.title")
    if card["card_type"] == "news_notice" and not (card.get("card_image") or card.get("image_text_area")):
        raise BadCard("missing card_image or image_text_area")
    if card["card_type"] not in INTERACTIVE and (card["card_action"] or {}).get("type") not in {1, 2}:
        raise BadCard("invalid card_action.type")


def _check_counts(card: Card) -> None:
    for path, (least, most) in COUNTS.items():
        found: Any = card
        for name in path:
            found = found.get(name) if isinstance(found, Mapping) else None
        if found is not None and not (isinstance(found, list) and least <= len(found) <= most):
            raise BadCard(f"invalid size of {'.'.join(path)}")


def _check_keys(keys: list[str]) -> None:
    if any(not 1 <= len(key.encode()) <= KEY_BYTES for key in keys):
        raise BadCard("invalid button key")
    if len(set(keys)) < len(keys):
        raise BadCard("duplicate button key")


def _buttons(card: Card) -> Iterable[tuple[Any, Any]]:
    for one in card.get("button_list") or ():
        yield one.get("text", ""), one.get("key", "")
    if submit := card.get("submit_button"):
        yield submit.get("text", ""), submit.get("key", "")
    for one in (card.get("action_menu") or {}).get("action_list") or ():
        yield one.get("text", ""), one.get("key", "")


def _links(card: Card) -> Iterable[tuple[str, str]]:
    for one in card.get("jump_list") or ():
        if one.get("url"):
            yield str(one.get("title", "")), str(one["url"])
    if (card.get("card_action") or {}).get("url"):
        yield "查看", str(card["card_action"]["url"])
