"""A resident follows, scans, leaves; the platform reports how a message fared."""

from __future__ import annotations

from dataclasses import replace

from handlers.members import binding
from handlers.residents import inquiry, privacy, rating, whereabouts
from handlers.residents.menu import WISHES
from handlers.residents.visit import Visit
from handlers.telling import delivered
from handlers.texts import say
from storage.conversations import renewed
from storage.records import Fate, Incoming, Outcome

# Events that open the one-minute allowance (fact sheet C3); VIEW and LOCATION do not.
OPENING = frozenset({"subscribe", "scan", "click", "scancode_push", "scancode_waitmsg"})
LEAVING = frozenset({"unsubscribe", "user_authorization_revoke", "user_authorization_cancellation"})
CONTACTS = OPENING | LEAVING
TEMPLATE_SENT = "templatesendjobfinish"  # with the Status success, failed:user block or failed: system failed (A4)


async def on_event(visit: Visit, message: Incoming) -> Outcome:
    """What a resident did without words."""
    if message.event in OPENING:
        visit.talk = renewed(visit.talk, message=False, now=visit.now)
    if message.event in LEAVING:
        return await _left(visit, may_return=message.event == "unsubscribe")
    if message.event in ("subscribe", "scan"):
        return await _came(visit, message.event_key)
    if message.event == "click":
        return await _clicked(visit, message.event_key)
    if message.event == TEMPLATE_SENT and str(message.details.get("status", "")).startswith("failed"):
        return await _not_templated(visit)
    return Outcome(Fate.ANSWERED, reason=f"event {message.event}")


async def _not_templated(visit: Visit) -> Outcome:
    """He blocks templates, or the platform failed: what it was to announce waits, and somebody should tell him."""
    for waiting in await visit.desk.session.outbox.templates_failed(visit.resident.openid):
        await delivered.on_held(visit.desk, waiting)
    return Outcome(Fate.ANSWERED, reason="template failed")


async def _came(visit: Visit, scene: str) -> Outcome:
    """The code on a lane's sign binds the lane; a member's own code binds his WeChat."""
    visit.resident = replace(visit.resident, follows=True)
    if scene.startswith(binding.SCENE):
        return await binding.bind_wechat(visit, scene.removeprefix(binding.SCENE))
    lane = visit.desk.roster.lane.get(scene)
    if lane:
        visit.resident = replace(visit.resident, lane=lane.code)
    elif scene and visit.resident.lane:
        visit.desk.answer("resident.unknown_code")
    if lane and (placed := await whereabouts.scanned(visit, lane.code)):
        return placed
    whereabouts.greet(visit.desk, visit.resident)
    if visit.goes_on:
        visit.desk.answer("resident.goes_on", numbers="、".join(f"#{one.number}" for one in visit.goes_on))
    for request in visit.done:
        rating.tell_again(visit, request)
    if scene and not visit.resident.lane:  # the sign of a lane that is gone, or none of ours
        whereabouts.ask_home(visit)
    return Outcome(Fate.ANSWERED, reason="follow")


async def _clicked(visit: Visit, key: str) -> Outcome:
    """A menu button says what it would say if it were typed."""
    wish = WISHES.get(key)
    if wish is not None:
        outcome = await inquiry.obey(visit, wish)
        if outcome:
            return outcome
    visit.desk.answer_words(say("resident.say_it"))
    return Outcome(Fate.ANSWERED, reason=f"menu {key}")


async def _left(visit: Visit, *, may_return: bool) -> Outcome:
    """Official rule: who leaves is forgotten (fact sheet A4). Who revokes what he allowed shall not be known again."""
    await privacy.forget(visit.desk, visit.resident, reason=privacy.UNFOLLOWED, may_return=may_return)
    visit.resident = visit.resident.erased()
    return Outcome(Fate.COMMAND, reason="unfollowed")
