"""What a member or secretary orders about the ledger in set words: 并单, 延期, 不予受理, 督办, 请假, 改类 …

These words are few and explicit, so they are read by their form; everything a member says in his own words is read by
`replies`. Source: shared design, desk.md "Moves".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from classifiers.members.persons import spans_of_persons
from classifiers.reader.late import late
from classifiers.reader.segment import normalise
from classifiers.times.words import DAY, LENGTH

_LONGEST = 600


class Order(StrEnum):
    """One for each thing that can be ordered; the value is what the journal calls it."""

    MERGE = "merge"  # 并 5 到 1: the first becomes part of the second
    UNMERGE = "unmerge"  # 拆 5
    EXTEND = "extend"  # 延期 5 到周五 等配件
    GRANT = "grant"  # 同意 5
    DENY = "deny"  # 不同意 5 再想想办法
    DECLINE = "decline"  # 不予受理 5 请找物业
    SUSPEND = "suspend"  # 暂停 5 开春再修
    RESTORE = "restore"  # 恢复 5; 重办 5 又漏了: what was done and is not well
    VOID = "void"  # 作废 5: what he logged himself by mistake, or twice
    NOT_DONE = "not_done"  # 5还没修，刚才发错了
    TAKE_INSTEAD = "take_instead"  # 接错了，我是要接5
    CALM = "calm"  # 1不是急事，按普通的办
    URGENT = "urgent"  # 5按急件办: the day it is done is today
    GIVE_BACK = "give_back"  # 把5退了
    STEP_BACK = "step_back"  # 5我不协办了: he works along no longer
    SUPERVISE = "supervise"  # 督办 5 今天必须去
    RETYPE = "retype"  # 改类 5 矛盾纠纷
    RELOCATE = "relocate"  # 改地点 5 槐荫胡同
    HEARD = "heard"  # 听写 5 厨房漏水
    TOLD = "told"  # 告知了 5: said to the resident in person
    ASSIGN = "assign"  # 派 5 王书记; 改派 5 水井胡同
    LEAVE = "leave"  # 请假 周三到周五 王姐替
    BACK = "back"  # 销假
    KEEP = "keep"  # 转错了 不转了: what he offered to somebody stays with him
    IN_GROUP = "in_group"  # 群里说 5: who is sought may be named in the lane's group
    UNABLE = "unable"  # 我替不了: who was named to stand in cannot


@dataclass(frozen=True, slots=True)
class SpokenOrder:
    """An order, the requests it names in the order said, and the words that follow."""

    order: Order
    numbers: tuple[int, ...] = ()
    words: str = ""


_N = r"\s*(?:#|no\.?|工单|编号)?\s*(?P<number>\d{1,7})(?!\d|\s*月)\s*(?:号单?|单)?\s*"
_M = r"\s*(?:#|no\.?|工单|编号)?\s*(?P<other>\d{1,7})(?!\d)\s*(?:号单?|单)?\s*"
_NAME = r"[\u4e00-\u9fff]{2,6}?"
_DAY_SIGN = r"(?:今|明|后|周|星期|礼拜|号|日|天|月)"
_AGAIN = "恢复(?:办理?)?|重新?办理?|重新打开|重开|重启"
_NOT_WELL = r"(?:这[个件]|那[个件])?(?:根本|其实|还|都|并)*(?:没有?|未)[^\d,。]{1,6}"
_LENGTH = r"(?:\d{1,2}|[一二两三四五六七八九十半几]{1,3})个?(?:半天|天|周|星期|礼拜|小时)"
_FROM_NOW = late(rf"(?<![^\s,:。]){LENGTH}(?![^\s,。])")  # 延期 5 三天 等配件
_SAME = r"(?:一(?:件|回|个|码)?事儿?|同一(?:件|个|码)事?|一样的?|重(?:复)?了?)"
_INTO_IT = r"\s*(?:#|no\.?|工单|编号)?\s*(?P<into>\d{1,7})(?!\d)\s*(?:号单?|单)?\s*"
_AWAY = r"(?:作废|撤销|撤回|删除|删掉|删了|撤[了掉](?=吧))"
_TWICE = r"(?:我)?(?:刚才|刚刚)?(?:登记|登|记)(?:得|的)?(?:重复?|错|多)了?"
_THAT = r"(?:把)?(?:刚才|刚刚|后面|新)?(?:登记)?的?(?:那|这)?(?:一)?(?:个|件|条|单|它)?"
_JUST_NOW = r"(?:把)?(?:我)?(?:刚才|刚刚)(?:我)?(?:登记|登|记|报)的?(?:那|这)?一?(?:个|件|条|单)"
_SLIPPED = r"(?:(?:刚才|刚刚|上面|是)?(?:我)?(?:是)?(?:发|说|点|打|写|按|报|办结)错了?)"
_UNDONE = r"(?:其实)?(?:还|根本|并)?(?:没有?|未)(?:给)?(?:修|办|弄|换|通|去|处理|解决|搞|做)?(?:好|完|通|成)?(?:呢)?"
_JOIN = (
    r"(?:合并|合了|合起来|合一下|合一块儿?|合成一块儿?|合到?一[块起]儿?|并单|并一下|并了|并起来|合一起|"
    r"合成一[件个]|并到?一起|并一块儿?)"
)
_APART_AGAIN = "(?:拆开|拆单|拆出来|分开办|别[合并]了|不[合并]了|取消并单|取消合并)"
_APART = "(?:分开办?|拆开|不是(?:一|同一)(?:件|回|个|码)事儿?|不是同?一个)"
_WORDS = r"[\s,:。]*(?P<words>.*)"
_LEAVE = r"(?:年|病|事|产|婚|丧|公|调|陪产)?假"
_WRONG = r"(?:(?:刚才|我)?(?:转错|给错)人?了?)"
_WHY_ONE = r"(?:(?!.*(?:归|拆|分开|不是))[^\d,]{2,14}[\s,]+)?"  # 这俩是一个事 2并到1
_ONE_THING = r"一[个件盏条处][\u4e00-\u9fff]{1,4}?"  # 是一个灯: with 并一起 behind it
_IN_A_HURRY = r"(?:加急|紧急|当天(?:要)?办|急)(?:件|单|事|的|来|着|,)*"
_NOT_ALONG = r"(?:我)?(?:不(?:再)?(?:协办|参与|掺和|跟着办)|退出(?:协办|来)?|不当协办)(?:了|吧|啦)*"
_NO_NAME = (
    r"(?!他|她|你|您|我|咱|人家|谁|大家|居民|住户|群众|物业|师傅|街道|社区|"
    r"马上|尽快|赶[紧快]|抓紧|立[刻即马]|及时|快|先|今天|明天|.{0,6}(?:协办|一起|一块|也))"
)
_WHO_GOES = r"(?:过?去|来|接着|继续|负责|跟进|办|看看|处理|跑一趟)"
_IN_GROUP = (
    r"(?:好的?|行|嗯|同意|可以|能|就|请|帮忙|[\s,])*(?:(?:在|往|到|发到|发在|转到)?(?:胡同)?群里?(?:说|发|问|喊|找|讲)(?:一下|一声|吧|了)*|"
    r"(?:发|转)(?:到|在|进)?(?:胡同)?群里?(?:吧|找|问)?)"
)
_REST = r"(?:(?:先|暂时|暂且)+(?:放一放|放放|搁一搁|搁一下|缓一缓|停一停)|(?:先|暂时)?搁置)(?:吧|一下|再说)?"
_WISHES = r"(?:我)?(?:想|要|希望)?(?:再)?(?:申请|请求|能不能|可不可以|想(?=再?(?:延期|宽限|缓)))(?:再)?"
_LATER = r"(?:延期?到?|延[长迟]到?|推迟到?|宽限到?|缓到?)"
_MUST = r"(?:需要|只能|能不能|可不可以|[要想得])再?"
_MORE_TIME = rf"(?:{_MUST}{_LATER}|再?(?:延[期长后]?到?|宽限到?))"
# 能不能缓两天, 延到下周三行不行, 晚几天办
_PUT_OFF = (
    r"(?:(?:我|咱|想|得|要|请|只能|能不能|能否|可不可以|可以)*再?(?:缓|宽限|延[期长后]?|推迟|往?后?拖|晚)(?:到|个)?)"
)
# by hours it is another hour of the same visit, which the resident hears at once
_BY_HOURS = (
    r"(?:一?会儿?|点儿?|半?个?多?(?:小时|钟头)|[\d一二两三四五六七八九十几半]{1,3}个?半?(?:小时|钟头|分钟?|刻钟?))"
)
_IF_IT_MAY_BE = r"(?:再?[办弄修搞换])?(?:吧|吗|行吗|行不行|成不成|中不中|可以吗|好吗|好不好|[\s,])*"
_WATCH = r"(?:盯(?:一下|一盯|紧点?|住|着点)|盯盯)"
_FOR_ME = r"(?:给我|帮我|替我|请|麻烦|你们?|,)*"
_APART_WORDS = r"(?:[\s,:。]+(?P<words>.*))?"
_I_DO = r"(?:[,\s]*(?:还是|就)?我(?:自己)?来?[办弄去修]?吧?)?"
_NO_HURRY = "(?:不是|不算)(?:什么)?(?:急事|急单|紧急(?:的事?)?)[,吧啊]*"
# 1不是急事 大爷住院了 我知道: why it is none; who asks or is not sure has to look first.
_KNOWN = r"(?:(?!但|可是|不过|快|赶紧|怕|可能|好像|估计|应该|不知道|要是|万一|没?[看去到]见)[^吗么?]){2,40}"
_AS_USUAL = "(?:改?按|改成|改为|降成|降为)(?:普通|平常|一般)(?:的事?|件|情况)?(?:来)?(?:办|处理)?(?:就行|吧)?"
_DAY = rf"(?:{DAY}|个?(?:周|星期|礼拜)|大?[今明后])"
_UNTIL = rf"(?:{LENGTH}|{_DAY}|[月年]底|[月年]末)(?!.{{0,6}}(?:再|过去|[去来](?:$|[,。\s])))"  # 延到周五再去 is his way
_DAYS = rf"(?:{_DAY}(?:[和跟到至、-]?{_DAY}){{0,4}}(?:[一两二三四五]整?天)?(?:上午|下午|全天)?|这[几两三]天)"
_FROM_TODAY = r"(?:从|打)?(?:现在|即日|这会儿)(?:起|开始)?(?:就|我)?"
_RETURNS = r"[^,。\s]{1,8}(?:回来|上班)"
_ABSENT = r"(?:也|都|人|要|得)*(?:不在|不上班|休息|出差|在外地|出门)(?:家|村里?|这儿?|本地|社区)?"
_BECAUSE = r"[^,。\s]{1,12}(?<!不[了成])"
_STANDS_IN = r"(?:由|请|让|找|叫)?[^,。\s]{2,4}?(?:替|代|顶)(?:一下|着|班|我的?班?)*[吧了]?"
_OFF = r"的?(?:请假|假期|出差|(?:年|病|事|产|婚|休|这个)?假)"
_SOMEBODY = r"(?!我|俺|咱|他|她|您|你|人|孩子|老[人伴公婆])[\u4e00-\u9fff]{2,4}?"
_WHICH_DAYS = r"[^,。]{0,20}?"
_CALLED_OFF = r"(?:都|先|给我|帮我)*(?:取消|作废|撤[了销]|不请|不休|不去|用不着)[了吧啦]*"
_AND_STAYS = r"[了吧啦。!\s]*(?:[\s,]+(?:我|也|都)*(?:不去|不走|不出差|不请|不休|照常上班|正常上班|不用替)[了吧啦]*)?"
_BACK_AGAIN = r"(?:(?:已经|提前|今天|都|也|,)*(?:销假|回来(?:上班)?了?|上班了)[了啦。!\s]*)"
_CALLED_OFF_TOO = r"(?:[\s,]+(?:取消|算了|作废|撤[了销])[了吧啦]*)?"
_WORK_AGAIN = r"(?:可以|能|又|接着|继续|照常|给我|正常)+派[活单]儿?"
_ASK_ANOTHER = r"有(?:什么)?事儿?(?:就|先|请|都)*(?:找|联系|问)[\u4e00-\u9fff]{2,4}"
_NO_WORK = r"的?(?:活儿?|单子?|任务|工单)?(?:就|先|都)*(?:别|不要|甭|不用)再?派(?:活|单)?给?我[了吧啦]*"
_CANNOT = r"(?:(?<!代)[替顶代]不(?:了|成|上)|没法[替顶代]|不能替|[代顶]不了班)"
_SOMEBODY_ELSE = (
    r"(?:[\s,]+(?:您|你们?|请|麻烦)?(?:换|另找|另请|找|叫|让|请)(?:个|一个)?(?:别的?|其他|旁)?人(?:来)?[替顶去吧了]*)"
)
_GONE = r"(?:不在|不上班|休息|出差|在外地|出门|住院|一天|几天)"
_LOOKS_AFTER = (
    r"(?:(?:由|请|让|找|叫)[^,。\s]{2,4}?(?:来|先)?(?:[帮替给]我(?:照看|照应|盯|看|管|顶|值|代)|替|代|顶|盯|照看|照应)我?"
    r"(?:一下|着|班|几天|一天|[吧了点])*"
    r"|(?:有事|急事|有活儿?)(?:都|就|先|请)*(?:找|联系)[^,。\s]{2,4})"
)
_PART_OF_DAY = "上午|下午|早上|中午|傍晚|晚上|上半天|下半天"
_CLOCK = r"[\d一二两三四五六七八九十]{1,3}点半?"
_ERRAND = r"(?:(?:家里|单位)?(?:有(?:点|个)?(?:急|私)?事|要?开个?会|办点?事))?"

# The order is the order of trial; every pattern must fit the whole text.
_PATTERNS: Final[tuple[tuple[Order, re.Pattern[str]], ...]] = tuple(
    (order, late(pattern, re.IGNORECASE | re.DOTALL))
    for order, pattern in (
        (Order.MERGE, rf"(?:把|将)?{_N}(?:并单?|合并|并|归)(?:到|入|进|给)?{_M}(?:里头?|里面|一起|去)?"),
        (
            Order.MERGE,
            rf"{_WHY_ONE}(?:把|将)?{_N}(?:并单?|合并|并)(?:到|入|进|给){_M}(?:里头?|里面|一起|去)?(?:吧|了)*",
        ),
        (
            Order.MERGE,
            rf"(?:把|将)?{_N}(?:和|跟|与|同|、|,|\s){_M}(?:其实|说的|,|\s)*(?:是|就是|都是)(?:同)?{_ONE_THING}[\s,]*{_JOIN}(?:吧|了|一下)*",
        ),
        (Order.MERGE, rf"{_N}(?:就是|跟的就是|说的就是){_M}(?:那件)?(?:,?{_JOIN})?(?:吧)?"),
        (Order.MERGE, rf"(?:并单|合并|并)(?:把)?{_N}(?:并?到|并?入|进|和|跟|与|、|,)?{_M}"),
        (
            Order.MERGE,
            rf"(?:把|将)?{_N}(?:{_AWAY}|删|撤)(?:吧|了|,|\s)*(?:因为|它)?(?:和|跟|与|同){_INTO_IT}(?:其实)?(?:是|就是|都是)?{_SAME}(?:吧|了)*",
        ),
        (
            Order.MERGE,
            rf"(?:把|将)?{_N}(?:和|跟|与|同|、|,|\s){_M}(?:其实)?(?:是|就是|都是)?(?:{_SAME}(?:[\s,]*{_JOIN})?|{_JOIN})(?:吧|了|一下)*",
        ),
        (Order.UNMERGE, rf"(?:拆单|拆开|拆分|拆出来|拆|取消并单|取消合并){_N}"),
        (Order.UNMERGE, rf"(?:把)?{_N}(?:和|跟|与|、){_M}(?:{_APART})(?:[\s,]*{_APART})?(?:吧|一下)?"),
        (Order.UNMERGE, rf"(?:把)?{_N}(?:拆单|拆开|拆出来|单独办|不是一件事|不是一回事|是另一件事)(?:,?拆开?(?:吧)?)?"),
        (Order.UNMERGE, rf"(?:[^\d]{{0,20}}[\s,])?(?:还是|那|就|先)*{_APART_AGAIN}[吧了]*"),
        (Order.GRANT, rf"{_N}的?延期(?:的事)?[\s,]*(?:我)?(?:同意|批准|准)[了吧]*"),
        (Order.EXTEND, rf"(?:申请|要)?延期(?:到|办理)?{_N}{_WORDS}"),
        (Order.EXTEND, rf"{_N}(?:需要|要|申请|想|得)?延期{_WORDS}"),
        (Order.EXTEND, rf"{_N}{_MORE_TIME}(?P<words>{_UNTIL}.{{0,40}})"),
        (
            Order.EXTEND,
            rf"{_N}(?P<more>[^\d]{{2,30}}?)(?<!说)[\s,]+{_MORE_TIME}(?P<words>{_UNTIL}[^,]{{0,20}})",
        ),
        (Order.EXTEND, rf"{_N}(?:能不能)?再?(?:给|宽限|多给|容)(?:我|咱|我们)?(?P<words>{LENGTH}.*)"),
        (
            Order.EXTEND,
            rf"{_N}(?P<more>[^\d]{{0,30}}?)(?:想|能不能|可不可以|申请|得|需要)(?:再)?(?:延期?|宽限|多要|多给|缓)(?:到)?(?P<words>.{{0,30}})",
        ),
        (Order.EXTEND, rf"(?:能不能|想|得)?再延(?:期)?(?P<words>{LENGTH}.*)"),
        (
            Order.EXTEND,
            rf"{_N}(?:能)?(?:再)?(?:延期?|宽限|往?后?推迟?|缓)(?:个|到)?(?P<words>{LENGTH})(?:再说|再弄|再办)?[\s,]*(?:行不?行?|行吗|可以吗|可不可以|好不好|好吗|成不?成?|成吗|中不中?)",
        ),
        (
            Order.EXTEND,
            rf"(?:能不能|想|得)?再?(?:给|宽限|多给|容|延期?|缓)(?:我们?|咱)?(?P<words>{LENGTH})[\s,]*{_N}(?P<more>.*)",
        ),
        (Order.EXTEND, r"(?:申请|要)?延期(?!了)[\s,:]*(?P<words>.*)"),
        (Order.EXTEND, r"(?P<more>[^\d]{2,30}?)[\s,](?:申请|要|想|得|只能)?延期(?!了)[\s,:]*(?P<words>[^,]{2,30})"),
        (Order.EXTEND, rf"(?P<more>[^\d]{{2,40}}?)[\s,]{_WISHES}{_LATER}[\s,:]*(?P<words>[^,]{{2,30}})"),
        (Order.EXTEND, rf"(?:那|就)*{_WISHES}{_LATER}(?!了)[\s,:]*(?P<words>.{{2,40}})"),
        (Order.EXTEND, rf"(?:那|就|先)*(?:延期?|宽限)到(?P<words>{_UNTIL}.{{0,40}})"),
        (
            Order.EXTEND,
            rf"(?P<more>[^\d]{{2,30}}?)[\s,]+(?:能不能|可不可以|想|得|要|请)?再?(?:宽限|多给|延长?|缓)(?:我们?|咱们?)?(?P<words>{_LENGTH})(?:吧|行吗|行不行|可以吗)?",
        ),
        (
            Order.EXTEND,
            rf"(?:{_N}|这[个件]|那[个件])?{_PUT_OFF}(?!{_BY_HOURS})(?P<words>{_UNTIL}){_IF_IT_MAY_BE}(?:[\s,]+(?P<more>.{{2,30}}))?",
        ),
        (
            Order.EXTEND,
            rf"(?:{_N}|这[个件]|那[个件])?[\s,]*(?P<more>[^\d]{{2,30}}?)(?<!说)[\s,]+{_PUT_OFF}(?!{_BY_HOURS})(?P<words>{_UNTIL}){_IF_IT_MAY_BE}",
        ),
        (Order.DENY, rf"(?:不同意|不批准?|不准|驳回)(?:延期|退单?|退回)?{_N}{_WORDS}"),
        (Order.DENY, rf"{_N}(?:不同意|不批准?|不准|驳回)(?:延期|退[单回]?)?{_WORDS}"),
        (Order.GRANT, rf"(?:同意|批准|准了?)(?:延期)?{_N}(?:延期)?{_WORDS}"),
        (Order.GRANT, r"(?:好的?|行|可以|嗯)?[,\s]*(?:我)?(?:同意|批准)(?:延期)?[了吧]?|准了|批了|准予延期"),
        (Order.DENY, r"(?:我)?(?:不同意|不批准?|不准)(?:延期|退[单回]?)?[了吧]?"),
        (Order.DENY, rf"(?:{_N})?(?:还是)?维持(?:原判|原来的?|不变){_APART_WORDS}"),
        (Order.GRANT, rf"{_N}(?:同意|批准|准了?)(?:延期)?{_WORDS}"),
        (Order.DECLINE, rf"(?:不予受理|不受理|不予办理){_N}{_WORDS}"),
        (Order.DECLINE, rf"{_N}(?:不予受理|不受理|不予办理){_WORDS}"),
        (Order.SUSPEND, rf"(?:暂停|挂起|暂缓){_N}{_WORDS}"),
        (Order.SUSPEND, rf"{_N}(?:先)?(?:暂停|挂起|暂缓){_WORDS}"),
        (Order.SUSPEND, rf"(?:把)?{_N}(?:这[个件]|那[个件]|的事)?{_REST}{_APART_WORDS}"),
        (Order.SUSPEND, rf"{_REST}{_N}{_APART_WORDS}"),
        (Order.RESTORE, rf"重办{_N}{_WORDS}"),
        (Order.RESTORE, rf"(?:{_AGAIN}){_N}(?:(?<=[\s,:。])(?!户|张|台|层|栋|单元|号|楼)(?P<words>.*))?"),
        (
            Order.RESTORE,
            rf"(?P<more>[^\d]{{2,20}}?)[\s,]+{_N}(?P<words>{_NOT_WELL})[\s,]*(?:得|要|请|你们?|必须|给我|,)*(?:重新?|返工)(?:[办弄修做填换搞来去])?(?:一下|一遍|一次|过)?[吧啊]?",
        ),
        (
            Order.RESTORE,
            rf"{_N}(?P<words>{_NOT_WELL})[\s,]+(?:得|要|请|你们?|必须|给我|,)*(?:重新?|返工)(?:[办弄修做填换搞来去])(?:一下|一遍|一次|过)?[吧啊]?",
        ),
        (Order.RESTORE, rf"{_N}(?:可以|能)?(?:接着|继续)(?:办|干|弄|修)[了吧]*"),
        (Order.RESTORE, rf"{_N}(?:{_AGAIN})[吧了]?{_APART_WORDS}"),
        (Order.RESTORE, rf"(?P<more>[^\d]{{2,20}}?)[\s,]+{_N}(?:可以|能|就)?(?:{_AGAIN})[吧了]*"),
        (
            Order.URGENT,
            rf"(?:把)?{_N}(?:这[个件])?(?:改?按|改成|改为|升成|提成|算|当)成?{_IN_A_HURRY}(?:办理?|处理)?吧?{_APART_WORDS}",
        ),
        (
            Order.URGENT,
            rf"(?:{_N}(?:要|得)?加急|加急(?:办理?)?{_N.replace('number', 'other')})(?:办理?|处理)?吧?{_APART_WORDS}",
        ),
        (Order.GIVE_BACK, rf"(?:把|将){_N}(?:给)?退(?:单|回去?|掉)?[了吧]*{_APART_WORDS}"),
        (Order.STEP_BACK, rf"{_N}{_NOT_ALONG}{_APART_WORDS}"),
        (Order.STEP_BACK, rf"(?:我)?退出(?:协办)?{_N}(?:的?协办)?[了吧]*{_APART_WORDS}"),
        (Order.STEP_BACK, rf"(?:我)?(?:退出协办|不协办|不当协办)[了吧啦]*{_APART_WORDS}"),
        (Order.SUPERVISE, rf"(?:督办|挂牌督办){_N}{_WORDS}"),
        (Order.SUPERVISE, rf"{_N}(?:督办|挂牌督办){_WORDS}"),
        (Order.VOID, rf"{_AWAY}{_N}{_APART_WORDS}"),
        (Order.VOID, rf"(?:把)?{_N}(?:这个|那个)?(?:{_TWICE}[\s,]*)?(?:{_AWAY}|删)(?:吧|了|掉)*{_APART_WORDS}"),
        (Order.VOID, rf"{_TWICE}[\s,]*{_THAT}(?:给)?(?:{_AWAY}|删)(?:吧|了|掉)*"),
        (Order.VOID, rf"{_THAT}(?:{_AWAY}|删)(?:吧|了)*[\s,]+{_TWICE}"),
        (Order.VOID, rf"(?:{_AWAY}|删){_THAT}(?:吧|了)*[\s,]*{_TWICE}"),
        (Order.VOID, rf"{_JUST_NOW}(?:给)?(?:{_AWAY}|删|不要)(?:吧|了|掉)*(?:[\s,]*{_TWICE})?"),
        (Order.VOID, r"(?:删掉|删了|删除|作废|撤掉)(?:刚才|刚刚)(?:登记)?的?(?:那|这)?(?:一)?(?:个|件|条|单)"),
        (Order.NOT_DONE, rf"{_N}(?P<words>{_UNDONE})[\s,]*{_SLIPPED}"),
        (Order.NOT_DONE, rf"(?:不好意思|对不起|哎呀|[\s,])*(?:{_SLIPPED}|错了|不对)[\s,]*{_N}(?P<words>{_UNDONE})"),
        (
            Order.TAKE_INSTEAD,
            rf"(?:对不起|不好意思|[\s,])*{_INTO_IT}(?:我)?接错了?[\s,]*(?:我)?(?:是|应该是?|想|本来)*(?:要|想)?(?:接|领)(?:的是)?{_N}(?:的|才对)?",
        ),
        (
            Order.TAKE_INSTEAD,
            rf"(?:对不起|不好意思|[\s,])*(?:我)?(?:刚才)?接错了?[\s,]*(?:我)?(?:是|应该是?|想|本来)*(?:要|想)?(?:接|领)?(?:的是)?{_N}(?:的|才对)?",
        ),
        (Order.IN_GROUP, rf"{_IN_GROUP}{_N}"),
        (Order.IN_GROUP, rf"(?:{_N})?{_IN_GROUP}"),
        (Order.CALM, rf"{_N}{_NO_HURRY}(?:[\s,]*{_AS_USUAL})?"),
        (Order.CALM, rf"{_N}{_NO_HURRY}[\s,]+(?P<words>{_KNOWN})"),
        (Order.CALM, rf"{_N}(?P<words>{_KNOWN})[\s,]+{_NO_HURRY}"),
        (Order.CALM, rf"{_N}{_AS_USUAL}"),
        (Order.CALM, rf"(?:取消(?:紧急|警报)|解除(?:紧急|警报)?){_N}"),
        (Order.CALM, rf"{_N}(?:取消(?:紧急|警报)|解除(?:紧急|警报)?)"),
        (Order.CALM, rf"(?:这个|这件|那个|那件)?{_NO_HURRY}(?:[\s,]*{_AS_USUAL})?|(?:取消|解除)(?:紧急|警报)"),
        (Order.SUPERVISE, rf"{_FOR_ME}{_WATCH}{_N}(?:的事|这[个件])?{_APART_WORDS}"),
        (Order.SUPERVISE, rf"(?:把)?{_N}(?:这[个件]|那[个件])?{_FOR_ME}{_WATCH}吧?{_APART_WORDS}"),
        (Order.RETYPE, rf"(?:改类型?|改分类|类型改|分类改)(?:为|成)?{_N}(?:为|成|是)?{_WORDS}"),
        (Order.RETYPE, rf"(?:把|将)?{_N}的?(?:类型|分类|类别)(?:改|换|调|应该|该)*(?:为|成|是|到)+{_WORDS}"),
        (
            Order.RETYPE,
            rf"(?:把|将)?{_N}(?:应该)?(?:改|换)[成为](?P<words>报修|矛盾|纠纷|养老|助残|环境|卫生|公共|安全|代办|政策|意见|心愿|其他.*|[\u4e00-\u9fff]{{0,2}}(?:报修|纠纷|助残|卫生|设施|隐患|跑腿|咨询|建议|心愿|诉求))",
        ),
        (Order.RETYPE, rf"{_N}(?:改类型?|改分类|类型改|类型|分类)(?:为|成|是|应该是)?{_WORDS}"),
        (Order.RELOCATE, rf"(?:改地[点址]|换地[点址]|改到|地[点址]改)(?:为|成|到)?{_N}(?:为|成|到|在|是)?{_WORDS}"),
        (Order.RELOCATE, rf"{_N}(?:改地[点址]|换地[点址]|地[点址](?:改|错了?|不对|应该))(?:为|成|到|在|是)?{_WORDS}"),
        (
            Order.RELOCATE,
            rf"{_N}(?:的)?(?:改|换|更正|修改)(?:一?下)?(?:地[点址]|位置|胡同)(?:改|换)?(?:为|成|到|在|是)?{_WORDS}",
        ),
        (
            Order.RELOCATE,
            rf"(?:改|换|更正|修改)(?:一?下)?{_N}的?(?:地[点址]|位置|胡同)(?:改|换)?(?:为|成|到|在|是)?{_WORDS}",
        ),
        (Order.HEARD, rf"(?:听写|语音内容|语音说的?){_N}(?:是|说)?{_WORDS}"),
        (Order.HEARD, rf"{_N}(?:听写|语音内容|语音说的?)(?:是)?{_WORDS}"),
        (Order.TOLD, rf"(?:我?已经?)?(?:当面|打?电话)?告知(?:了|过)?(?:居民|本人)?了?{_N}(?:了|的居民|居民)?"),
        (Order.TOLD, rf"{_N}(?:我?已经?)?(?:当面|打?电话)?告知(?:了|过)?(?:居民|本人)?了?"),
        (
            Order.BACK,
            r"(?:我|已经|,|提前|今天)*(?:回来(?:上班)?了?,?)?(?:销假|回来上班了|提前回来了?|请假结束了?|取消请假)[了。!\s]*|我回来[了啦]|"
            rf"(?=.*(?:我.?回来[了啦]|提前回来|销假))(?:我|已经|提前|今天|出院|病好|回来|销假|上班|不休|{_WORK_AGAIN}|[\s,。!了啦])+",
        ),
        (
            Order.BACK,
            rf"(?:我|那|这次|,|的)*(?P<words>{_WHICH_DAYS}){_OFF}(?:{_CALLED_OFF}){_AND_STAYS}{_CALLED_OFF_TOO}",
        ),
        (Order.BACK, rf"(?:我|那|就|还是|又|先|,)*(?:不请|不休|不歇)[了啦]+{_AND_STAYS}{_CALLED_OFF_TOO}"),
        (Order.BACK, rf"(?P<words>{_SOMEBODY}){_BACK_AGAIN}"),
        (
            Order.BACK,
            rf"(?:我|那|这次|,)*(?P<words>{_WHICH_DAYS})(?:不请假|不休假|不出差|不用(?:请假|人?替我?)){_AND_STAYS}",
        ),
        (Order.BACK, rf"(?:取消|撤销|撤回)[\s,:]*(?P<words>{_WHICH_DAYS}){_OFF}[吧了]*"),
        (Order.BACK, rf"(?:取消|撤销|撤回){_OFF}[\s,:]*(?P<words>{_WHICH_DAYS})[吧了]*"),
        (
            Order.LEAVE,
            rf"(?:我)?(?:也|还)?(?:{_FROM_TODAY})?(?:要|想|得)?(?:请|休|歇)(?:个|几天|(?P<more>{LENGTH}))?(?:的)?{_LEAVE}(?!条|单|申请|制度|手续|的?流程|怎么)[\s,:]*(?P<words>.*)",
        ),
        (
            Order.UNABLE,
            rf"[^。\d]{{0,24}}?{_CANNOT}(?:[他她您你]|(?![他她您你])[\u4e00-\u9fff]{{2,3}})?[了啊呀啦]*{_SOMEBODY_ELSE}?",
        ),
        (
            Order.UNABLE,
            rf"(?:不行|不好意思|对不起|抱歉|[,\s])*我[^,。\d]{{0,8}}(?:不在|出差|有事|没空|请假|在?外地|走不开)[了呀啊]*{_SOMEBODY_ELSE}",
        ),
        (Order.LEAVE, rf"(?:我)?(?:年|病|事|产|婚|丧|陪产)假[\s,:]*(?P<words>.*{_DAY_SIGN}.*)"),
        (Order.LEAVE, rf"(?:我)?(?P<more>{LENGTH}){_LEAVE}[\s,:]*(?P<words>.*)"),
        (
            Order.LEAVE,
            rf"(?:我)?(?P<words>[^,。]*?{_DAY_SIGN}[^,。]*?)(?:都|人)?(?:不在|不上班|休息|出差|在外地|出门)(?:家|村里?|这儿?|本地|社区)?"
            rf"[\s,]+(?P<more>{_STANDS_IN})",
        ),
        (
            Order.LEAVE,
            rf"我?(?:也|还)?(?P<words>{_DAYS})我?(?:要|想|得)?(?:休|歇)(?P<days>{LENGTH})(?:[\s,]+(?P<more>{_STANDS_IN}))?",
        ),
        (
            Order.LEAVE,
            rf"(?:我?(?:住院|生病|病|摔伤|出差|回老家)了?[\s,]+)?(?P<words>{_DAYS}|[这本下]个?(?:周|星期|礼拜|月))的?(?:活儿?|单子?|任务)?(?:就|先|都)*(?:别|不要)(?:再)?(?:派|给|转)(?:我|给我)(?:派)?(?:活儿?|单)?[了吧]*",
        ),
        (
            Order.LEAVE,
            rf"(?P<words>{_DAYS})我{_ABSENT}(?:[\s,]+(?:(?P<days>{_RETURNS})|{_BECAUSE}))??(?:[\s,]+(?P<more>{_STANDS_IN}))?",
        ),
        (
            Order.LEAVE,
            rf"我也?(?P<words>{_DAYS}){_ABSENT}(?:[\s,]+(?:(?P<days>{_RETURNS})|{_BECAUSE}))??(?:[\s,]+(?P<more>{_STANDS_IN}))?",
        ),
        (
            Order.LEAVE,
            rf"(?=.*我)我?(?P<words>{_DAYS})我?(?:要|想|得)?[休歇]息?(?P<more>{LENGTH})(?:[\s,]+(?P<days>{_STANDS_IN}))?",
        ),
        (
            Order.LEAVE,
            rf"(?:从|打)?我?(?P<words>[^,。\s]{{0,16}}{_DAY_SIGN}[^,。\s]{{0,6}}?){_ABSENT}[\s,]+(?P<more>{_ASK_ANOTHER})",
        ),
        (Order.LEAVE, rf"(?:{_BECAUSE}[\s,]+)?(?P<words>{_DAYS}|这个?(?:周|星期|礼拜)){_NO_WORK}"),
        (
            Order.LEAVE,
            rf"我?(?:要|得|想)?(?:回(?:趟)?老家|出(?:趟)?远门)(?P<more>{LENGTH}|几天)[\s,]+(?P<words>{_RETURNS})",
        ),
        (
            Order.LEAVE,
            rf"(?!\s*#?\d+号?[\s,])(?P<words>[^。]{{0,30}}?{_DAY_SIGN}[^。]{{0,30}}?{_GONE}[^,。]{{0,6}}[\s,]+{_LOOKS_AFTER})",
        ),
        (
            Order.LEAVE,
            rf"(?=.*(?:我|家里|有点?事|开会))(?:我)?(?P<words>(?:{_DAY})?(?:{_PART_OF_DAY})?[\s,]*(?:我)?{_ERRAND}[\s,]*"
            rf"(?:{_PART_OF_DAY})?(?:{_CLOCK}(?:[到至-]{_CLOCK}|以?后|以?前)?)?)(?:我)?(?:都|人|要)?不在(?:家|村里?|这儿?)?"
            rf"(?:[\s,]+(?P<more>{_STANDS_IN}))?",
        ),
        (
            Order.LEAVE,
            rf"(?:我)?(?:今天|现在|刚)?(?:要|得|在)*(?:去|到)?(?:出差|外地|住院|学习|培训)[了吧]*[\s,]+(?P<words>{_RETURNS})[了吧]?[\s,]+(?P<more>{_STANDS_IN})",
        ),
        (
            Order.LEAVE,
            r"(?:那|就|还是|改|,|\s)*(?:让|由|请|叫|换|找)(?P<words>[\u4e00-\u9fff]{2,4}?(?:来)?[替顶代])(?:我|一下|班|吧|了)*",
        ),
        (Order.LEAVE, rf"(?:我)?(?P<words>[^,。]*?{_DAY_SIGN}[^,。]*?[\s,]+{_NAME}替我(?:的?班|一下)?[吧了]?)"),
        (
            Order.KEEP,
            rf"(?:{_N}[,\s]*)?(?:算了|哎|唉|那|[,\s])*{_WRONG}?[,\s]*(?:先|还是)?(?:[不别]转了?|不用转了?|取消转[单交办]?了?)[吧啊]?{_I_DO}",
        ),
        (Order.KEEP, rf"(?:{_N}[,\s]*)?{_WRONG}{_I_DO}"),
        (Order.KEEP, rf"(?:算了|哎|唉|那|[,\s])*(?:先|还是)?(?:[不别]转了?|不用转了?)[吧啊]?{_I_DO}[,\s]*{_N}"),
        (
            Order.KEEP,
            r"(?:算了|[不别]麻烦[他她](?:了|啦)|哎|唉|那|[,\s])*(?:还是|就)我(?:自己)?(?:去|来|办|弄|接)(?:吧|算了|了)*",
        ),
        (Order.KEEP, rf"(?:取消|撤回|收回)转[单交办]?{_N}"),
        (Order.ASSIGN, rf"(?:派单|派给|指派|改派|派)(?:给)?{_N}(?:给|到|由|让)?{_WORDS}"),
        (Order.ASSIGN, rf"{_N}(?:派单|派给|指派|改派)(?:给|到)?{_WORDS}"),
        (
            Order.ASSIGN,
            rf"(?:把)?{_N}(?:(?:还是|就)?(?:由|让|叫|派|请|换)|还是){_NO_NAME}(?P<words>[\u4e00-\u9fff]{{2,6}}?)(?:赶[紧快]|马上|尽快|快点?|先|你)?{_WHO_GOES}{{1,3}}吧?",
        ),
        (
            Order.ASSIGN,
            rf"{_N}(?:裁定|判给|定给|归)(?:给|由|为|是|归)?[\s:,]*(?!我|俺|咱|本人)(?P<words>[\u4e00-\u9fff]{{2,6}}?)(?:来)?(?:办|负责|管)?吧?",
        ),
        (Order.ASSIGN, rf"裁定{_N}(?:给|由|为|归)?[\s:,]*(?P<words>[\u4e00-\u9fff]{{2,6}}?)(?:来)?(?:办|负责)?吧?"),
        (
            Order.LEAVE,
            rf"(?:我)?(?P<words>[^,]*?{_DAY_SIGN}[^,]*?)(?:要|想|得)?"
            rf"(?:请|休|歇)(?:个|(?P<days>{LENGTH}))?(?:的)?{_LEAVE}(?P<more>.*)",
        ),
    )
)

# What these words are to a secretary who was asked for more time; of anything else they say something else.
_VERDICTS: Final = (
    (
        Order.DENY,
        late(
            rf"(?:{_N}|全?都|[两俩三]个?都|一个都)?(?:那|这)?(?:不行|不可以|不成|不中|不能(?:再|这么)?(?:延|拖|等)(?:期|了)?|太(?:久|晚|长|迟)了?)[吧啊]?"
            rf"{_APART_WORDS}"
        ),
    ),
    (
        Order.DENY,
        late(rf"(?:{_N}|全?都|[两俩三]个?都|一个都)?(?:我)?(?:不同意|不批准?|不准)(?:延期)?[吧了]?{_APART_WORDS}"),
    ),
    (Order.DENY, late(r"(?P<words>(?:最多|最晚|最迟|顶多)(?:延|缓|宽限)?到?[^,]{2,12})")),
    (Order.GRANT, late(r"(?:都|全都?|全部|[两俩三]个?都)(?:同意|批准?|准|可以|行|没问题|延吧)[了吧啊]?")),
    (
        Order.GRANT,
        late(
            rf"(?:好的?|可以|行|中|嗯|没问题|那|[,\s])+{_N}(?:那|就|改?到|延到|可以|[,\s])*(?P<words>{_UNTIL})(?:吧|好了)?"
        ),
    ),
    (Order.GRANT, late(rf"{_N}(?:可以|行|好的?|没问题|延(?:期)?吧)[吧啊]?{_APART_WORDS}")),
)
_IS_NOT_WELL = late(rf"{_N}{_NOT_WELL}")
_COMES_THAT_DAY = late(
    rf"(?:休息?|不上班|歇班|有空|放假)了?[\s,]+(?:那天|当天|正好|刚好|可以|我|就|能|{_DAY}|上午|下午|早上|[\s,])*(?:过去|上门|去|来|给)(?:给|他|她|您|居民|人家|弄|修|换|看|装|办)"
    r"|假条|请假(?:单|表|手续)?(?:怎么|咋|如何|要不要|需要)|请假吗"
)
_WHO_IS_BACK = late(rf"{_SOMEBODY}{_BACK_AGAIN}")
_GOES_INSTEAD = late(
    rf"(?:还是|就|由|让|请|叫|换|给)+{_NO_NAME}(?P<name>[\u4e00-\u9fff]{{2,4}}?){_WHO_GOES}{{1,3}}[吧了]*"
)
_INTO = late(r"[到入进给归](?!一起|一块)|(?:并|并单|合并)\s*#?\d+[\s,]+#?\d")  # 并 5 到 1, 并 5 1: said in this order


def plainly(text: str) -> str:
    """A text as the patterns here read it: normalised, without whom it is said to and the signs at its ends."""
    return re.sub(r"^(?:@\S+\s+)+", "", normalise(text[:_LONGEST])).strip(" ,。!~;:\n")


def read_order(text: str) -> SpokenOrder | None:
    """The order that a member's text gives, None when it is anything else. Never raises."""
    plain = plainly(text)
    for order, pattern in _PATTERNS:
        if match := pattern.fullmatch(plain):
            return None if order is Order.LEAVE and _tells_of_another(plain) else _spoken(order, match)
    return None


def read_verdict(text: str) -> SpokenOrder | None:
    """Yes or no to a wish for more time: 2不行 本周必须弄完; a yes without a number, 都同意, is to all of them. Only if
    there is such a wish. Never raises."""
    plain = plainly(text)
    found = ((order, pattern.fullmatch(plain)) for order, pattern in _VERDICTS)
    return next((_spoken(order, match) for order, match in found if match), None)


def says_who_is_back(text: str) -> bool:
    """陈示例回来了, 陈示例销假: of somebody by name, and not of oneself. Never raises."""
    return _WHO_IS_BACK.fullmatch(plainly(text)) is not None


def says_it_is_not_well(text: str) -> bool:
    """1根本没填好 重新弄: the words of one who has looked, and no set words. Never raises."""
    return _IS_NOT_WELL.search(plainly(text)) is not None


def names_who_goes(words: str) -> str:
    """老陈 of 还是老陈去: who shall go instead, when nothing else is said; "" otherwise. Never raises."""
    found = _GOES_INSTEAD.fullmatch(plainly(words))
    return found["name"] if found else ""


def _tells_of_another(plain: str) -> bool:
    """王姐明天请假 is not asked by 王姐; 周六我休息 那天去给弄 is a promise, and 请假条怎么写 a question."""
    ends = [end for start, end in spans_of_persons(plain, ()) if start == 0]
    is_another = plain.startswith(("他", "她")) or _COMES_THAT_DAY.search(plain) is not None
    return is_another or any(plain[end] not in "替代顶" for end in ends if end < len(plain))


def _spoken(order: Order, match: re.Match[str]) -> SpokenOrder:
    found = match.groupdict()
    numbers = tuple(int(found[name]) for name in ("number", "other") if found.get(name))
    if found.get("into"):
        numbers = (*numbers, int(found["into"]))
    elif len(numbers) > 1 and not _INTO.search(match[0]):
        numbers = tuple(sorted(numbers, reverse=True))  # 5和1是一件事: the later one becomes part of the earlier
    words = " ".join(found[name].strip() for name in ("words", "days", "more") if found.get(name))
    if order is Order.EXTEND:
        words = _FROM_NOW.sub(r"\g<0>后", words)
    return SpokenOrder(order, numbers, words.strip(" ,。!:;\n"))
