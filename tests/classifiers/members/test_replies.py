"""What members' words command."""

# ruff: noqa: E501  a table is read row by row

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.members.replies import Command, own_affair, quoted_number, read_replies, reply_as_json

ONE = (342,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("342好了 350转李姐", (Command("resolved", ONE), Command("handover", (350,), to="李姐"))),
        ("342 去不了 350接", (Command("decline", ONE), Command("accept", (350,)))),
        ("342办结,350退,不归我管", (Command("resolved", ONE), Command("decline", (350,), note="不归我管"))),
        ("接342", (Command("accept", ONE),)),
        ("No.342 办结", (Command("resolved", ONE),)),
        ("３４２收到", (Command("accept", ONE),)),
        ("三四二 我去", (Command("accept", ONE),)),
        ("#342。", (Command("status", ONE),)),
        ("342", (Command("status", ONE),)),
        ("查 12", (Command("status", (12,)),)),
        ("接 342,343", (Command("accept", (342, 343)),)),
        ("342、350都办结了", (Command("resolved", (342, 350)),)),
        ("修好了,342", (Command("resolved", ONE),)),
        ("吹哨 342", (Command("need_help", ONE, note="吹哨"),)),
        ("#342 转老张,他离得近", (Command("handover", ONE, to="老张", note="他离得近"),)),
        ("342让小李去", (Command("handover", ONE, to="小李"),)),
        ("342换了灯泡,好了", (Command("resolved", ONE, note="换了灯泡"),)),
        ("342下周三上午9点上门", (Command("schedule", ONE, note="下周三上午9点上门", when="下周三上午9点"),)),
        ("登记 3号楼王大妈家水管漏了", (Command("log", note="3号楼王大妈家水管漏了"),)),
        ("帮我登一个 胡同口路灯灭了两盏", (Command("log", note="胡同口路灯灭了两盏"),)),
        ("刚路过看见井盖缺了一块 上个单", (Command("log", note="刚路过看见井盖缺了一块"),)),
        ("绑定 东胡同", (Command("bind", note="东胡同"),)),
        ("绑定码", (Command("bind_code"),)),
        ("帮助", (Command("help"),)),
        ("342接 343转老李", (Command("accept", ONE), Command("handover", (343,), to="老李"))),
        ("No. 350 done", (Command("resolved", (350,)),)),
        ("看一下350的状态", (Command("status", (350,)),)),
        ("342办洁 换了灯泡", (Command("resolved", ONE, note="换了灯泡"),)),
        ("接342 我先去买灯泡", (Command("progress", ONE, note="我先去买灯泡"),)),
        ("退342 不归我管 找李姐", (Command("decline", ONE, note="不归我管,找李姐"),)),
        ("350我忙完342就过去", (Command("progress", (350,), note="我忙完342就过去", when="忙完"),)),
        ("不是342是350修好了", (Command("resolved", (350,)),)),
        ("接342 请问你家几单元", (Command("ask_requester", ONE, note="请问你家几单元"),)),
    ],
)
def test_commands_with_all_they_need(text: str, expected: tuple[Command, ...]) -> None:
    assert read_replies(text) == expected


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("收到", "accept"), ("我去", "accept"), ("好的,马上去", "accept"), ("接单", "accept"), ("我来处理", "accept"),
        ("去不了,在外地", "decline"), ("不归我管", "decline"), ("退单", "decline"), ("退", "decline"), ("今天没空", "decline"),
        ("转给王书记", "handover"), ("交给李姐吧", "handover"), ("转甲一", "handover"),
        ("在路上", "progress"), ("已联系物业", "progress"), ("下午修", "progress"), ("正在修", "progress"),
        ("还没修好,等配件", "progress"), ("马上到", "progress"), ("到现场了", "progress"),
        ("请问几单元", "ask_requester"), ("电话是多少", "ask_requester"), ("让他拍个照片", "ask_requester"),
        ("需要街道协调", "need_help"), ("吹哨", "need_help"), ("转物业", "need_help"), ("得街道来", "need_help"), ("搞不定", "need_help"),
        ("办结", "resolved"), ("修好了", "resolved"), ("已解决", "resolved"), ("居民说不用了", "resolved"), ("灯亮了", "resolved"),
        ("约好周三上午", "schedule"), ("明早八点我过去", "schedule"), ("后天下午三点上门", "schedule"), ("2月3号到", "schedule"),
        ("昨天下午3点修好的", "resolved"), ("11点修好的", "resolved"), ("已解决,拍照了", "resolved"), ("老人在家 手机没电了 人没事 办结", "resolved"),
        ("342我在镇上开会 赶不回去", "decline"), ("342我闪了腰 弄不了", "decline"), ("342老太太挺好 明天再去看一趟", "progress"),
        ("342快来水了", "progress"), ("342已经通水", "resolved"), ("342药送到手里了", "resolved"),
        ("342家里现在有人没", "ask_requester"), ("342木法弄 水压太大", "need_help"),
        ("342晚到十分钟", "progress"), ("路上堵车 可能晚点", "progress"), ("不好意思晚到一会", "progress"),
        ("原件复印件都带上", "ask_requester"), ("来的时候带好身份证", "ask_requester"), ("342让她把门口腾一下", "ask_requester"),
        ("小王帮着给通开了", "resolved"), ("我今儿个不得闲", "decline"), ("我去给他搭把手", "accept"),
        ("等居民确认了再办结", "progress"), ("堵车 二十分钟到", "progress"), ("一会儿给您打电话", "progress"), ("342不好意思 晚到一会儿", "progress"),
        ("我去帮忙", "accept"), ("342也是我", "accept"), ("342收", "accept"), ("都归我", "accept"),
    ],
)  # fmt: skip
def test_the_only_open_request_is_meant(text: str, intent: str) -> None:
    (command,) = read_replies(text, ONE, people=("甲一",))
    assert (command.intent, command.requests, command.ambiguous) == (intent, ONE, False)


@pytest.mark.parametrize(
    "text",
    [
        "老张你去看看呗",
        "谢谢李姐帮忙",
        "今天天气真好",
        "大家下午开会",
        "哈哈哈",
        "谁有空去一趟",
        "算了",
        "取消",
        "好了吗",
        "中午吃啥",
        "",
        "。",
    ],
)
def test_talk_is_no_command(text: str) -> None:
    assert [command.intent for command in read_replies(text, ONE)] in ([], ["none"])


def test_several_open_requests_must_be_asked() -> None:
    assert read_replies("收到", (342, 350)) == (Command("accept", ambiguous=True),)
    assert read_replies("都好了", (342, 350)) == (Command("resolved", (342, 350)),)
    assert read_replies("收到", (342, 350), quoted_request=350) == (Command("accept", (350,)),)
    assert read_replies("我的任务", (342, 350)) == (Command("status"),)


def test_a_reason_a_time_a_house_are_kept_apart_from_numbers() -> None:
    assert read_replies("去不了,在外地", ONE)[0].note == "在外地"
    assert read_replies("3号楼的修好了", ONE)[0].requests == ONE
    assert read_replies("下午3点去", ONE)[0].when == "下午3点"


@pytest.mark.parametrize(
    ("quoted", "number"),
    [
        ("【新诉求 #342】东胡同 路灯", 342),
        ("＃３４２", 342),
        ("小助手:\n> #12 报修", 12),
        ("没有编号", None),
        ("", None),
    ],
)
def test_the_number_of_a_quoted_card(quoted: str, number: int | None) -> None:
    assert quoted_number(quoted) == number


def test_json() -> None:
    flat: dict[str, Any] = reply_as_json(read_replies("342好了 350转李姐"))
    assert (flat["intent"], flat["request"], len(flat["commands"])) == ("resolved", 342, 2)
    assert reply_as_json(read_replies("接342、343"))["request"] == [342, 343]
    nothing = {"intent": "none", "request": None, "ambiguous": False, "to": None, "note": None, "when": None}
    assert reply_as_json(()) == nothing


@given(st.text(max_size=120) | st.text("342好了转李姐#,。 收到去不明早八点", max_size=60))
def test_no_text_raises(text: str) -> None:
    for command in read_replies(text, (342, 7), people=("甲一",)):
        assert command.intent


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("接1-3", [("accept", (1, 2, 3))]),
        ("接 1到3", [("accept", (1, 2, 3))]),
        ("一号二号都弄完了 三号没有", [("resolved", (1, 2))]),
        ("1和3都好了 2还没", [("resolved", (1, 3))]),
        ("接7-8", [("accept", ())]),  # a door, perhaps: none of his
        ("接3-1", [("accept", ())]),
        ("两个都办完了", [("resolved", ())]),  # which two of three?
        ("三个都办完了", [("resolved", (1, 2, 3))]),
    ],
)
def test_several_at_once(text: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [(one.intent, one.requests) for one in read_replies(text, (1, 2, 3))] == expected


@pytest.mark.parametrize(
    ("text", "numbers", "intent"),
    [
        ("除了15都好了", (12, 18), "resolved"), ("15以外都好了", (12, 18), "resolved"), ("除15外都接", (12, 18), "accept"),
        ("12除外,其他都好了", (15, 18), "resolved"), ("12处理完了,请居民确认", (12,), "resolved"), ("12家里没人", (12,), "progress"),
        ("12路灯亮了", (12,), "resolved"), ("查十五", (15,), "status"),
        ("15接错了,我要的是12", (12,), "accept"), ("12不对,15修好了", (15,), "resolved"), ("12先别派给我", (12,), "decline"),
        ("我跟老曹说好了,12他去", (12,), "handover"), ("三个都接", (12, 15, 18), "accept"), ("两个都接", (), "accept"), ("12接了吗?", (12,), "status"),
    ],
)  # fmt: skip
def test_which_of_three_is_meant(text: str, numbers: tuple[int, ...], intent: str) -> None:
    found = read_replies(text, (12, 15, 18), people=("曹举例",))
    assert {number for one in found for number in one.requests} == set(numbers)
    assert {one.intent for one in found} == {intent}


@pytest.mark.parametrize(
    "text",
    ["别办结", "12先别办结", "不能算办结", "谁说12修好了,根本没去", "12是不是该转给李姐啊?", "没转给李姐", "12转李姐?她在家吗",
     "修好了说一声", "修好了叫我", "不用吹哨", "12修好了没,居民等着呢"],
)  # fmt: skip
def test_what_is_denied_or_asked_is_not_done(text: str) -> None:
    assert {one.intent for one in read_replies(text, (12, 15), people=("李样本",))} == {"none"}


@pytest.mark.parametrize(
    "text",
    ["腰好了 能动了", "感冒好了", "修车去了", "送孩子上学在路上", "有空来家坐", "在路上捡到一个钱包 谁的", "明天上午九点党员大会,不能来的请假",
     "周五下午打扫卫生,穿红马甲", "晚上一起吃饭 六点半老地方", "下午三点接种疫苗", "明天早上七点小广场打太极", "我去做饭了", "表格交到社区", "我家三四个孩子呢",
     "我去买菜了", "我去接孩子", "我家空调坏了自己修好了", "我妈的腿好了,能下地了", "好了,散会", "水烧好了", "牙修好了,三千六",
     "离婚手续办完了", "年夜饭订好了", "房子转手卖了", "老伴住院了,明天做手术", "聚餐我去不了", "我到家了"],
)  # fmt: skip
def test_of_his_own_affairs_nothing_is_made(text: str) -> None:
    assert {one.intent for one in read_replies(text, (12,))} == {"none"}
    assert own_affair(text)


@pytest.mark.parametrize(
    ("text", "intent"),
    [("已经买了瓦 12", "progress"), ("12锁芯买好了", "progress"), ("12买了灯泡换上了", "resolved"),
     ("好像好了", "progress"), ("12换了阀门还是滴水", "progress"), ("12看着像修好了,明天再试", "progress"),
     ("12别给我 我跟那家有过节", "decline"), ("12别给我打电话", "ask_requester"),
     ("12虚惊一场,阀门没关", "resolved"), ("12完活儿", "resolved"), ("报个事,炮台街9号门口井盖没了", "log"),
     ("登记 21号大姐说她男人喝酒打她", "log"), ("替李大爷报修:厨房漏水", "log"), ("吹个哨,12", "need_help")],
)  # fmt: skip
def test_what_is_not_quite_done_and_what_is_new(text: str, intent: str) -> None:
    assert [one.intent for one in read_replies(text, (12,))] == [intent]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("342 请电工修好了,查了三遍", "resolved"),
        ("342找物业修好了", "resolved"),
        ("叫了个师傅给换好了", "resolved"),
        ("跟楼上说好了 接了根管子", "resolved"),
        ("跟楼上说好了接了根管子", "resolved"),
        ("钥匙给您放门口了", "progress"),
        ("王婶家阀门没开，开了", "resolved"),
        ("342我这几天不在，办不了", "decline"),
        ("我也办不了", "decline"),
        ("342 得找物业修", "need_help"),
        ("找物业", "need_help"),
        ("342叫物业修好了吗", "status"),
        ("342的路灯修好了", "resolved"),
    ],
)
def test_whoever_did_it_it_is_done(text: str, intent: str) -> None:
    assert [command.intent for command in read_replies(text, ONE)] == [intent]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("首付就要342万", ()), ("S342省道修通了", ()), ("打车走342路过来半小时", ()), ("村里一共350多户", ()), ("342人", ()), ("350斤", ()),
        ("342户主不在家", (342,)), ("342路灯亮了", (342,)), ("350分给张样本", (350,)), ("342项链找到了", (342,)), ("342人找到了", (342,)),
        ("342路通了", (342,)), ("342 路太远,去不了", (342,)), ("OK342修好了", (342,)), ("342多人受伤,已送医", (342,)), ("342页面打不开", (342,)),
    ],
)  # fmt: skip
def test_a_number_of_so_many_is_no_request(text: str, numbers: tuple[int, ...]) -> None:
    assert tuple(number for one in read_replies(text, (342, 350)) for number in one.requests) == numbers


@pytest.mark.parametrize(
    "text",
    ["4.韩范例 报名", "4、韩范例", "1.韩范例 参加 2.李样本 参加 6.陶比方 两人", "342那只猫太可爱了", "350那阿姨人真不错", "342家的面真好吃",
     "各位邻居请于周三前交名单", "卫生室周日不开门", "哪位有梯子借用一下", "有人看到我钥匙吗", "会费已交", "已经转发到朋友圈了", "我先撤了,各位",
     "发错群了,抱歉", "文艺晚会圆满结束", "第二届运动会顺利举办", "打第二针的赶快", "12345打不通", "120来了吗", "接完娃了", "头发染好了"],
)  # fmt: skip
def test_what_neighbours_write_is_no_command(text: str) -> None:
    for held in ((342,), (342, 350)):
        assert {one.intent for one in read_replies(text, held, people=("韩范例", "李样本"))} == {"none"}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("3.路灯修好了", "resolved"), ("3.高压线断了", "progress"), ("3.周敏家的灯修好了", "resolved"), ("3、韩范例", "handover"),
        ("3那家人说不通", "progress"), ("342楼盘的灯修好了", "resolved"),
        ("342,请问大爷平时吃什么药", "ask_requester"), ("342他家几口人", "ask_requester"), ("342老人说吃什么都吐", "progress"),
        ("不属于咱们社区,退回", "decline"), ("这单退了吧,地址是外村的", "decline"), ("342派错了,这是西村的", "decline"), ("342该李姐管的我不管", "decline"),
        ("这活我干", "accept"), ("算我一个", "accept"), ("342由我负责跟进", "accept"), ("342我揽下了", "accept"), ("342这活我干不了", "decline"),
        ("在巷口了", "progress"), ("在量尺寸", "progress"), ("342正在协调", "progress"), ("342拍照留存了", "progress"), ("342需要协调", "need_help"),
        ("342得自来水公司来人", "need_help"), ("342要供电局派人", "need_help"), ("342供电局说派人来", "progress"),
        ("342误会一场", "resolved"), ("342大妈说不修了", "resolved"), ("342老头说不要了", "resolved"), ("342押金退了", "resolved"), ("342钱没退", "progress"),
        ("342必须供电局来人", "need_help"), ("342正跟物业协调", "progress"), ("342请跟物业协调", "need_help"), ("342交给我负责", "accept"),
        ("342我全包了", "accept"), ("342我来跟进", "accept"), ("342他在吃什么药", "ask_requester"), ("342他家有几个人", "ask_requester"),
        ("342大叔说算了", "resolved"), ("342好乐", "resolved"), ("342done", "resolved"), ("灯亮堂了,完活", "resolved"), ("342教会了", "resolved"), ("342拧紧了", "resolved"),
        ("342进不去 门锁着", "progress"), ("342敲了半天没人开", "progress"), ("门锁着没人", "progress"), ("342不去", "decline"), ("骑车过去呢", "progress"),
        ("这单归我", "accept"), ("342归我妈管", "decline"), ("嗯那个我收到了啊我这边正吃饭呢吃完饭我就过去", "accept"),
        ("改到明天晚饭后吧 跟大娘讲好了", "schedule"), ("342临时接了根管子,能用水了,明天换正式的", "progress"),
        ("我手上还有哪几件", "status"), ("给我他电话", "status"), ("342还没接呢别催", "none"), ("342大娘说别催", "progress"), ("342处理晚了", "resolved"), ("342修完了 路灯换新", "resolved"), ("342等周末吧", "schedule"),
    ],
)  # fmt: skip
def test_commands_that_sound_like_talk(text: str, intent: str) -> None:
    assert [one.intent for one in read_replies(text, (342, 3), 342, people=("韩范例",))] == [intent]


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("342交给上官老师", "上官老师"), ("342给欧阳", "欧阳"), ("把342转到李样本那里", "李样本"), ("我外地呢,342拜托刘哥", "刘哥"),
        ("342转给网格员小孙", "小孙"), ("342转楼长老马", "老马"), ("342托李姐跑一趟", "李姐"), ("342劳烦李样本同志", "李样本"),
        ("342这个李样本来办吧", "李样本"), ("@李样本 342转你", "李样本"), ("342转你 @李样本", "李样本"), ("@李样本 342交给你了", "李样本"), ("@李样本 342麻烦你了", "李样本"), ("342让李样本去办", "李样本"), ("342让楼长老马去", "老马"), ("342移交到李样本处", "李样本"), ("342转至李样本", "李样本"), ("342归李姐管", "李姐"), ("342你来吧@李样本", "李样本"), ("342 @李样本", "李样本"), ("我跟李姐说了,342她去", "李姐"),
    ],
)  # fmt: skip
def test_to_whom_it_is_handed(text: str, to: str) -> None:
    (found,) = read_replies(text, (342, 350), people=("李样本", "欧阳举例"))
    assert (found.intent, found.requests, found.to) == ("handover", (342,), to)


def test_numbers_in_words_and_all_but_some() -> None:
    assert read_replies("十二和十五办完了", (12, 15, 18))[0].requests == (12, 15)
    assert read_replies("就剩18没办,其他都好了", (12, 15, 18))[0] == Command("resolved", (12, 15))
    assert read_replies("342不是明天是后天", (342, 350)) == (
        Command("schedule", ONE, note="不是明天是后天", when="后天"),
    )


def test_many_times_in_a_row_are_read_at_once() -> None:
    start = time.perf_counter()
    for text in (
        "供电局" + "明天下午" * 60 + "x",
        "请于" + "今天现在" * 60,
        "我" + "一会儿现在" * 60 + "x",
        "老邹" * 60,
        "下午," * 60,
        "11点" * 99,
    ):
        assert len(read_replies(text, ONE)) == 1
    assert time.perf_counter() - start < 2  # endless before a run of times was taken whole


@pytest.mark.parametrize(
    "text",
    [
        # his own home, family, money, feasts, funerals
        "俺自己家下水道掏通了 一身臭", "我儿子单位的事我管不着", "给老李家随了五百礼金", "借转给她八百块钱", "我那辆三轮车修好了 花了一百二",
        "重阳节活动我也参加", "秋游我报名", "老孙头没了 后天火化 咱去不去", "外孙女放学接回来了", "送孙女上兴趣班去了 等会儿回来", "我们院的灯也没亮呢",
        "灶上炖着排骨 我先撤了", "约了老同学打牌 有事打我手机", "我办好老年证了", "明天见",
        # what is announced and what is over
        "通知看见了 后天一定参会", "排班表下周一换新的", "这个月我跑了十来趟", "养老认证十二月底截止 大家互相转告", "上回那个路灯等了俩月才修好",
        "社区主任换人了 听说姓冯", "上午发的口罩大家都拿到了吧", "慰问品还有没领的找我", "磨刀的来了 在南门", "田宝山转正了",
        # choices, conditions, wishes, urging
        "22号农贸市场清仓 走不走", "能劝就劝 劝不动就算了", "来不了就提前吱一声", "办成没办成都得吱一声", "要是都像老马这么利索就省心了", "没空的就别接",
        "以后碰上这种活找物业去", "先关总闸再拆啊 千万小心触电", "得了得了 别嚷嚷了", "大伙手里的单子今天抓紧办", "怎么还没人去361啊", "谁认识18那户", "350 361超时了 谁的快点",
        # of a home, a number, the desk, a colleague
        "342那老太太真难伺候", "23那大爷脾气可犟了", "18这号码真好记", "这小助手真聪明", "350不是归李样本了吗", "李样本在不在家啊", "志远在家吗", "李样本干嘛去了", "得 你看着办吧", "342那回是几月份来着",
        "@李样本 我去你家取那本书", "我到楼下了 签到处在几楼", "说不定人家早办了",
    ],
)  # fmt: skip
def test_talk_settles_nothing(text: str) -> None:
    for held in (ONE, (342, 350, 361, 18, 23)):
        assert [one.intent for one in read_replies(text, held, people=("李样本", "田宝山"))] == ["none"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("水管换好了 花了他二百", "resolved"), ("好了好了 修好了", "resolved"), ("孩子找到了 送回家了", "resolved"), ("两家都劝住了 不吵了", "resolved"),
        ("正在修着 别催", "progress"), ("我去不了 家里有喜事", "decline"), ("接孙子去 这个接不了", "decline"), ("修不了 转给老马吧", "handover"), ("我也去 算我一个", "accept"),
        ("李样本你去一趟吧 我走不开", "handover"), ("大妈不在家 我先走了", "progress"), ("供电局必须来人", "need_help"), ("请热力公司来人看看", "need_help"), ("物业要来人看", "progress"),
        ("解决", "resolved"), ("树枝拉走了 拍照了", "resolved"), ("342照片发给市政了", "progress"), ("照片发我看看", "ask_requester"), ("咋接单啊", "help"), ("退单要发啥来着", "help"),
        ("看看我还有啥没弄", "status"), ("查查我明天有啥单子", "status"), ("替邻居登记 楼道灯三天不亮了", "log"), ("给李大妈登记 她家暖气不热", "log"), ("明天见个面谈谈", "schedule"), ("大爷在家吗", "ask_requester"), ("白天在家吗", "ask_requester"),
        ("jie", "accept"), ("tui", "decline"), ("342街", "accept"), ("我自己留着", "accept"),
    ],
)  # fmt: skip
def test_beside_talk_commands_are_heard(text: str, intent: str) -> None:
    assert [one.intent for one in read_replies(text, ONE, people=("李样本",))] == [intent]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("342转李姐 其他两个我接", (Command("handover", ONE, to="李姐"), Command("accept", (350, 361)))),
        ("342好了 剩下的都没去呢", (Command("resolved", ONE), Command("progress", (350, 361), note="都没去呢"))),
        ("这仨都我接", (Command("accept", (342, 350, 361)),)),
        ("zhuan李姐 350", (Command("handover", (350,), to="李姐"),)),
        ("街350 我这就去", (Command("accept", (350,)),)),
        ("350不是361修好了", (Command("resolved", (361,)),)),
        ("退350 跟361是一个事", (Command("decline", (350,), note="跟361是一个事"),)),
        ("350劳驾赵没有 我上不了楼", (Command("handover", (350,), to="赵没有", note="我上不了楼"),)),
        ("350劳驾李姐", (Command("handover", (350,), to="李姐"),)),
        ("叫胖嫂去350 她会修", (Command("handover", (350,), to="胖嫂", note="她会修"),)),
        ("350解决 361后天去", (Command("resolved", (350,)), Command("schedule", (361,), note="后天去", when="后天"))),
    ],
)  # fmt: skip
def test_which_and_to_whom_in_loose_words(text: str, expected: tuple[Command, ...]) -> None:
    assert read_replies(text, (342, 350, 361)) == expected


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("敲了三回门都没人", "progress"),
        ("居民自个儿弄好了 不用咱去了", "resolved"), ("不接 我今天带孙子看病", "decline"),
        ("找物业 已经打电话了", "progress"), ("周六我休息 那天去给弄", "schedule"),
        ("完了完了 钥匙忘家里了", "none"), ("接电话啊老李", "none"), ("办结率第一 给大家点赞", "none"),
        ("修通了", "resolved"), ("找物业", "need_help"), ("接", "accept"),
    ],
)  # fmt: skip
def test_what_is_said_of_the_only_one(text: str, intent: str) -> None:
    assert [one.intent for one in read_replies(text, (342,))] == [intent]


@pytest.mark.parametrize("text", ["刚才李大爷来说他家门口井盖坏了", "李婶过来说她家门口路灯不亮"])
def test_what_somebody_came_to_tell_is_registered(text: str) -> None:
    [command] = read_replies(text, (342,))
    assert (command.intent, command.note) == ("log", text)
