"""Pictures, voices nobody recognised, places: kept with the request at hand, or the beginning of one."""

from __future__ import annotations

from dataclasses import replace

from classifiers.places.finding import Place
from handlers.desk import Desk
from handlers.moves.dispatch import open_request
from handlers.residents import adding, albums, at_hand, shown_after, whereabouts
from handlers.residents.visit import Visit
from handlers.telling import pictures
from handlers.texts import say
from storage.records import Fate, Incoming, MessageKind, Outcome, Question, Request, State, Timer, TimerKind


async def hear_media(visit: Visit, message: Incoming) -> Outcome:
    """A picture, a voice nobody recognised, a video: kept with the request at hand, or the beginning of one."""
    desk = visit.desk
    request = await at_hand.at_hand(visit)
    if request is None:
        request = await open_request(desk, visit.resident, visit.draft, lane=visit.resident.lane)
        visit.gather_on(request)
        cap = desk.now + desk.settings.desk.gathering_cap
        desk.session.timers.set(Timer(request.number, TimerKind.GATHERING, cap))
        is_seen = message.kind is not MessageKind.VOICE
        if not (is_seen and (await albums.ask_which(visit, request) or await shown_after.ask(visit, request))):
            visit.ask(Question.MATTER, request, say(_what_is_it(desk, message), number=request.number))
        fate = Fate.OPENED
    else:
        fate = Fate.JOINED
        if request.state is State.GATHERING:
            visit.gather_on(request)
            desk.answer("resident.media_kept", number=request.number)
        else:
            await adding.supplement_later(visit, await adding.waits_no_more(visit, request))
    pictures.keep(desk, request.number, message)
    desk.note(request, "media", "resident", kind=message.kind.value)
    return Outcome(fate, request.number)


def _what_is_it(desk: Desk, message: Incoming) -> str:
    if message.kind is not MessageKind.VOICE:
        return "resident.ask_matter"
    return "resident.voice_received" if desk.settings.voice.recogniser else "resident.ask_matter_voice"


async def hear_location(visit: Visit, message: Incoming) -> Outcome:
    """Where the resident is: the answer to 在哪儿, or the beginning of a request."""
    desk = visit.desk
    reader = await desk.house.understanding.reader(desk.roster, desk.session)
    here = (message.latitude or 0.0, message.longitude or 0.0)
    place = reader.understand(message.label, location=here).place
    if whereabouts.was_asked_home(visit) and place.lane:
        return whereabouts.lives_in(visit, place.lane)
    waiting = await at_hand.asked_for(visit)
    if waiting is not None and waiting.state is State.WAITING_REQUESTER:
        return await _answered_with_place(visit, waiting, place, message.label)
    asked = visit.talk.question_request if visit.talk.question is Question.PLACE else visit.talk.gathering
    request = await desk.session.requests.get(asked, to_change=True) if asked else None
    if request is None or not request.state.is_open:
        return await _begin_with_place(visit, place, message.label)
    if request.lane and request.state is not State.GATHERING:
        desk.note(request, "supplement", "resident", words=message.label)
        await adding.supplement_later(visit, request)
        return Outcome(Fate.JOINED, request.number)
    if request.type == "other" and not request.text:
        request = await desk.session.requests.save(
            replace(request, lane=place.lane or request.lane, place_text=message.label)
        )
        visit.ask(Question.MATTER, request, say("resident.ask_matter", number=request.number))
        return Outcome(Fate.JOINED, request.number)
    if not place.lane and not place.candidates:
        desk.answer("resident.place_unknown")
        return Outcome(Fate.JOINED, request.number)
    return await whereabouts.take_place(visit, request, place, message.label)


async def _answered_with_place(visit: Visit, request: Request, place: Place, label: str) -> Outcome:
    """The holder asked where it is: what was missing is known now."""
    lane = request.lane or place.lane or ""
    request = replace(request, lane=lane, place_text=request.place_text or label[: whereabouts.LONGEST_PLACE])
    visit.desk.note(request, "supplement", "resident", words=label)
    return await adding.requester_shows(visit, request, label or visit.desk.lane_name(place.lane or lane))


async def _begin_with_place(visit: Visit, place: Place, label: str) -> Outcome:
    desk = visit.desk
    lane = place.lane or ""
    request = await open_request(desk, visit.resident, "", place_text=label, lane=lane)
    visit.gather_on(request)
    desk.session.timers.set(Timer(request.number, TimerKind.GATHERING, desk.now + desk.settings.desk.gathering_cap))
    visit.ask(Question.MATTER, request, say("resident.ask_matter", number=request.number))
    return Outcome(Fate.OPENED, request.number)
