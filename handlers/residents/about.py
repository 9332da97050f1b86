"""Questions about the desk itself, answered at once: what a number is for, whether a voice will do, who is here."""

from __future__ import annotations

from classifiers.residents.about import About, read_about
from handlers.residents import whereabouts
from handlers.residents.visit import Visit
from storage.records import Fate, Outcome


async def hear(visit: Visit, text: str) -> Outcome | None:
    """The answer to 你是真人还是机器人; None when he asks for anything else."""
    about = read_about(text)
    if about is None or (about is About.COST and await _has_something(visit)):
        return None
    if about is About.HOLDER:
        whereabouts.greet(visit.desk, visit.resident)
    elif about is About.HELP:
        visit.desk.answer("resident.help")
    else:
        visit.desk.answer(f"about.{about}")
    return Outcome(Fate.ANSWERED, reason=f"about {about}")


async def _has_something(visit: Visit) -> bool:
    """要钱吗, of what he has asked for, is for whoever does it."""
    requests = visit.desk.session.requests
    mine = (await requests.open_of_resident(visit.resident.id), await requests.unrated_of_resident(visit.resident.id))
    return any(mine)
