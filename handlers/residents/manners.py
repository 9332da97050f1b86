"""How whoever came behaved: told behind a result, it is for the secretary, and never for him who came."""

from __future__ import annotations

from classifiers.reader.late import late
from classifiers.residents.judgements import judge
from classifiers.residents.wishes import SpokenWish, Wish
from handlers.desk import Desk
from handlers.residents import intake, sense
from handlers.residents.visit import Visit
from handlers.rules.complaints import blames_manners, names_of
from handlers.rules.masking import names_in
from storage.records import Outcome, Request

_ENDS = late(r"[,，。;；!！?？\s]+")
_OPPONENT = late(
    r"[,，\s]*(?:[他她]们?家?|那家人?|楼[上下]|隔壁|对门|邻居|人家)(?:那[人家个口]子?|的人)?(?!来(?:了|过))"
)
_OURS = late(r"你们|师傅|来的人|网格员|胡同长|书记|主任|社区")


async def hear(visit: Visit, request: Request, text: str) -> Outcome | None:
    """师傅态度不好, and nothing of the result: a matter for other ears. None when it blames nobody of ours."""
    remark = await sense.of_remark(visit, text)
    if remark.sensitivity != "confidential" or request.sensitivity == "confidential":
        return None
    if await is_of_opponent(visit, SpokenWish(Wish.RATE_BAD, request.number, text)):
        return None
    return await intake.hear_apart(visit, text, remark)


async def is_of_opponent(visit: Visit, spoken: SpokenWish) -> bool:
    """没解决 刘建国不承认 还骂人, of the quarrel in which he was named, or the neighbour: whom it is about, and not who
    came to settle it."""
    waiting = await visit.desk.session.requests.unrated_of_resident(visit.resident.id)
    found = [one for one in waiting if spoken.number in (None, one.number)]
    if len(found) != 1 or found[0].sensitivity == "confidential" or _calls_ours(visit.desk, found[0], spoken.note):
        return False
    is_named = any(name in spoken.note for name in names_in(found[0].text))
    return is_named or (found[0].type == "dispute" and bool(_OPPONENT.match(spoken.note)))


def of_work_and_manners(text: str) -> tuple[str, list[str]]:
    """灯亮了 来的人态度不好: what is said of the work as it stood, and the clauses about whoever came."""
    others, blames = _sorted_out(text)
    return (" ".join(others), blames) if blames else (text, [])


def parted(words: str) -> tuple[str, str]:
    """还是漏水 态度也不好, said with a rating: the words about whoever came, and those about his work; all of them are
    the one and none the other when only whole they are a complaint."""
    others, blames = _sorted_out(words)
    work = [clause for clause in others if blames and judge(clause) is Wish.RATE_BAD]
    return (" ".join(clause for clause in _clauses(words) if clause not in work) if blames else words), " ".join(work)


def _sorted_out(words: str) -> tuple[list[str], list[str]]:
    """The clauses that blame nobody's manners, and those that do."""
    clauses = _clauses(words)
    blames = [clause for clause in clauses if blames_manners(clause)]
    return [clause for clause in clauses if clause not in blames], blames


def _clauses(words: str) -> list[str]:
    return [clause for clause in _ENDS.split(words) if clause]


def _calls_ours(desk: Desk, request: Request, words: str) -> bool:
    """Do they name whoever worked on it, as people name him: 陈示例, 小陈, 陈师傅, 你们的人?"""
    codes = {request.holder, request.first_responder, *request.co_workers}
    ours = [desk.roster.member[code] for code in codes if code in desk.roster.member]
    names = [name for one in ours for name in (*names_of(one), f"小{one.name[:1]}", f"老{one.name[:1]}")]
    return bool(_OURS.search(words)) or any(name in words for name in names)
