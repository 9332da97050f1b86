"""改类: it is of another type, and the desk learns from it."""

from __future__ import annotations

from dataclasses import replace

from classifiers.members.orders import SpokenOrder
from handlers.desk import Desk
from handlers.members import rights
from handlers.members.rights import Unwilling
from handlers.texts import say
from storage.records import Request


async def retype(desk: Desk, member: str, request: Request, spoken: SpokenOrder) -> None:
    """A corrected type is kept as a labelled example to learn from."""
    rights.only_in_charge(desk, member, request)
    code = _type_named(desk, spoken.words)
    if code is None:
        names = "、".join(one.name for one in desk.settings.types.values() if one.enabled)
        raise Unwilling(say("member.retype_unknown", number=request.number, names=names))
    before = request.type
    types = tuple(dict.fromkeys(code if one == before else one for one in request.types_all)) or (code,)
    request = await desk.session.requests.save(replace(request, type=code, types_all=types))
    if request.text:
        desk.session.corrections.keep(request, desk.now, member)
    desk.note(request, "retype", member, before=before, type=code)
    desk.answer("member.retyped", number=request.number, type=desk.type_name(request))


def _type_named(desk: Desk, words: str) -> str | None:
    """The type that somebody names by its name, a part of it, or its code."""
    said = words.strip(' ,。“”"')
    known = {code: one.name or code for code, one in desk.settings.types.items() if one.enabled}
    exact = [code for code, name in known.items() if said in (code, name)]
    near = [code for code, name in known.items() if len(said) >= 2 and (said in name or name in said)]
    found = exact or near
    return found[0] if len(found) == 1 else None
