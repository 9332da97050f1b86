"""Short lines that ask by their form, whatever the trained reader believes of them.

再不来收垃圾我打12345了 threatens with a complaint, and tells what shall be done; 树枝挡路 names what stands in the way;
我家请不起老师 tells a need. Never raises.
"""

from __future__ import annotations

from typing import Final

from classifiers.reader.late import late
from classifiers.requests.contact import leaks_into_us
from classifiers.requests.needs import cannot_afford

_THREAT: Final = (
    r"(?:投诉|举报|曝光|打(?:市长|政府)?(?:热线|12345|电话)|找(?:电视台|记者|媒体|街道|上面|领导|你们领导)|告你们|"
    r"报警|上访|发(?:抖音|网上)|不交物业费)"
)
_DONE: Final = r"(?:收|修|清|扫|通|换|装|补|拉|运|掏|填|剪|砍|管|抽|挪|拖|处理|解决)"
_UNLESS_DONE = late(
    rf"再(?:不|没人?)(?:来|派|给|有|找|叫)?(?:人|师傅)?(?:来|给|过来)?(?:我|俺|我们|"
    rf"俺们)?家?(?:里)?{_DONE}[^,。!?]{{1,8}}?[,。! ]?(?:我|俺|"
    rf"我们|大家)(?:就|真|可|要|真的|,)*[^,。!?]{{0,4}}{_THREAT}"
)
_IN_THE_WAY = late(
    r"(?:大|断|枯|干|破)?(?:树枝子?|树杈|树干|大树|树|石头|石块|砖头?|土堆|沙堆|沙子|垃圾|杂物|建筑垃圾|电线杆|水泥|纸箱子?|家具|沙发|三轮车|废品|木头|柴火|铁皮|钢管)"
    r"(?:倒了|断了|掉下来|堆得|全|都|把|给|在|,)*(?:挡|堵|占|拦|横|压|卡)(?:着|住|了|死|在)*(?:大|我家|整个|半个|半边)?(?:路|道|楼道|胡同|门|大门|门口|院门|巷子|通道|楼梯)(?:口|上|中间|了)?[了啊呀,。!]*"
)
_CUT_IT = late(
    r"(?:[^,。!? ]{0,6}[的里])?(?:草|杂草|野草|草坪|绿篱|树枝?)(?:也|都|真|可|早)*该(?:割|剪|除|修剪|锄|"
    r"拔)[^,。!?]{0,4}(?:[,。! ].{0,10})?"
)


def threatens_to_complain(text: str) -> bool:
    """再不来收垃圾我打12345了."""
    return bool(_UNLESS_DONE.search(text))


def asks_by_form(text: str) -> bool:
    """Of a normalised text."""
    if threatens_to_complain(text) or cannot_afford(text) or leaks_into_us(text):
        return True
    return any(form.fullmatch(text) for form in (_IN_THE_WAY, _CUT_IT))
