"""Who tells that he, or one of his, is gravely ill asks for care without a word of asking; nobody else need know."""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late

_ILL: Final = (
    r"(?:[胃肝肺肠乳血子宫颈腺前列食道脑骨膀胱甲状淋巴]{0,4}癌症?|肿瘤|白血病|尿毒症|抑郁症?|躁郁症?|焦虑症|自闭症?|精神分裂症?|精神病|糖尿病|"
    r"帕金森|老年痴呆|痴呆症?|阿尔茨海默\w?|艾滋病?|乙肝|肝硬化|肺结核|渐冻症|红斑狼疮|癫痫|梅毒|重病|绝症)"
)
_ONES_OWN = (
    r"(?:我|俺|咱|自己|医生说|大夫说|体检|医院)|(?:我|俺|他|她)?家?(?:爱人|对象|妈|爸|爹|娘|爷爷?|奶奶?|姥姥|姥爷|公公|婆婆|老伴|老头子?|"
    r"老太太|媳妇|老公|老婆|丈夫|妻子|儿子|闺女|女儿|孩子|孙子|孙女|弟弟?|妹妹?|哥哥?|姐姐?|男人|那口子)"
)
_FOUND = late(
    rf"(?:^|[,。 ])(?:{_ONES_OWN})?(?:{_ONES_OWN})?[^,。!?吗能说 ]{{0,6}}?"
    r"(?:(?<!怀疑我)得了|得上|查出来?了?|查着|检查出来?|确诊(?:了|是|为)?|诊断(?:出|是|为)|患(?:了|有|上)|医生说我?[他她]?(?:是|得了)|大夫说我?[他她]?(?:是|得了))"
    rf"(?:是|了|有|个|上)?[^,。!?吗能 ]{{0,4}}?{_ILL}"
)
_RIGHTS = late("办|申请|领|补[助贴]|救助|政策|低保|报销|大病|资格|条件")
_NAMES_ONE = late(_ILL)
_OF_ALL = late(
    r"预防|讲座|怎么|咋|筛查|报销|多少钱|什么人|谁|哪些|能不能办|新闻|电视|剧|听说|如果|万一|要是|怕|狗|猫|吗|树|怀疑|吃撑|隔壁|邻居|老[刘李王张]头"
)


def tells_of_illness(text: str) -> bool:
    """查出来糖尿病没敢跟孩子说, 我闺女得了抑郁症: of one's own, and no question about an illness. Never raises."""
    return bool(_NAMES_ONE.search(text)) and bool(_FOUND.search(text)) and not _OF_ALL.search(text)


def asks_for_rights(text: str) -> bool:
    """能申请救助, 想办低保: not care, but what he is entitled to. Never raises."""
    return bool(_RIGHTS.search(text))
