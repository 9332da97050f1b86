"""What residents' words mean: the labelled samples, the border rulings, and what must hold for any text."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from classifiers.places.finding import Gazetteer, LaneEntry
from classifiers.reader.lexicon import LexiconError
from classifiers.taxonomy import EMERGENCY_NUMBERS, SENSITIVITIES, TYPES, URGENCIES
from classifiers.understand import Understander
from tests.classifiers import samples
from tests.classifiers.conftest import HOUSEHOLDS, LANES

TO_TRADITIONAL, TO_SIMPLIFIED = OpenCC("s2t"), OpenCC("t2s")
ALL_TEXTS = [s.text for s in (*samples.plain(), *samples.emergencies(), *samples.several())]


def test_plain_messages_get_their_type_and_urgency(understander: Understander) -> None:
    rows = samples.plain()
    found = [understander.understand(row.text) for row in rows]
    wrong = [(row.text, row.type, u.type) for row, u in zip(rows, found, strict=True) if u.type != row.type]
    hurried = [(row.text, u.urgency) for row, u in zip(rows, found, strict=True) if u.urgency != row.urgency]
    assert len(wrong) <= len(rows) * 0.05, wrong
    assert len(hurried) <= len(rows) * 0.08, hurried


@pytest.mark.parametrize("row", samples.emergencies(), ids=lambda row: row.text[:12])
def test_no_emergency_is_missed(understander: Understander, row: samples.Sample) -> None:
    said = understander.understand(row.text)
    assert (said.urgency, said.emergency_kind) == ("emergency", row.kind)
    assert any(row.kind in reason for reason in said.main.evidence) if said.main else False


@pytest.mark.parametrize("text", samples.lines(samples.TRAPS))
def test_words_of_danger_alone_are_no_emergency(understander: Understander, text: str) -> None:
    assert understander.understand(text).urgency != "emergency"


@pytest.mark.parametrize("text", samples.lines(samples.CHAT))
def test_chat_is_no_request(understander: Understander, text: str) -> None:
    said = understander.understand(text)
    assert not said.is_request
    assert said.type == "chat"


@pytest.mark.parametrize("row", samples.several(), ids=lambda row: row.text[:12])
def test_matters_not_commas_divide_a_message(understander: Understander, row: samples.Sample) -> None:
    assert understander.understand(row.text).types == row.types


def test_rough_voices(understander: Understander) -> None:
    wrong = []
    for label, text in samples.rough():
        said = understander.understand(text)
        fits = {"emergency": said.urgency == "emergency", "calm": said.urgency != "emergency"}
        if not fits.get(label, said.type == label):
            wrong.append((label, text, said.type, said.urgency))
    assert len(wrong) <= len(samples.rough()) * 0.05, wrong


@pytest.mark.parametrize(
    ("text", "type_", "urgency", "kind", "sensitivity"),
    [
        ("我不想活了", "other", "emergency", "self_harm", "confidential"),
        ("俺娘瘫在床上,天天说不想活了", "elder_care", "emergency", "self_harm", "confidential"),
        ("孩子走丢了", "safety", "emergency", "missing", "open"),
        ("老人走失了", "elder_care", "emergency", "missing", "private"),
        ("老人晕倒了", "elder_care", "emergency", "medical", "private"),
        ("媳妇要生了,羊水破了", "other", "emergency", "medical", "private"),
        ("老公拿刀要砍我", "dispute", "emergency", "violence", "confidential"),
        ("昨天老公打我了", "dispute", "urgent", None, "confidential"),
        ("有人掉水库里了", "safety", "emergency", "trapped", "open"),
        ("我爸爸喝酒了打我妈妈 我害怕", "dispute", "emergency", "violence", "confidential"),
        ("我老公昨天打了我 我想离婚 想找人说说", "dispute", "urgent", None, "confidential"),
        ("3号院那家儿媳妇老掐老太太 不给饭吃", "dispute", "urgent", None, "confidential"),
        ("孩子他爸在视频里威胁要砍我,他人在外地", "dispute", "emergency", "violence", "confidential"),
        ("我跟她吵到要动手的份上了,后来都冷静了,想让你们调解下财产", "dispute", "normal", None, "private"),
        ("我头晕得站不住", "elder_care", "emergency", "medical", "private"),
        ("头疼得睁不开眼了", "elder_care", "emergency", "medical", "private"),
        ("觉得没必要再撑下去了", "other", "emergency", "self_harm", "confidential"),
        ("我抑郁三年了,今天药也没吃,觉得没必要了", "elder_care", "emergency", "self_harm", "confidential"),
        ("奶奶说她吃饭没意思想跟爷爷去了,饭真的三天没动", "elder_care", "emergency", "self_harm", "confidential"),
        ("信用卡还不上了,逾期半年,有什么政策能帮", "other", "normal", None, "private"),
        ("帮我妈把高血压的药拿回来,门诊号我发你", "errand", "normal", None, "private"),
        ("下岗了,闺女大学没有电脑,谁家有旧的", "wish", "normal", None, "private"),
        ("对门5号老张家养鸡臭死了 别说是我说的", "environment", "normal", None, "private"),
        ("隔壁又放炮仗 不要说是我说的啊", "environment", "normal", None, "private"),
        ("我们楼长拿公家的钱请客,别说是我说的", "suggestion", "normal", None, "confidential"),
        ("他就在旁边 我脸肿了 你们快来 别说是我说的", "dispute", "emergency", "violence", "confidential"),
        ("隔壁老孙头又在门口堆破烂 跟他说他骂人", "dispute", "normal", None, "open"),
        ("水龙头一滴一滴地漏", "repair", "normal", None, "open"),
        ("水管爆了", "repair", "urgent", None, "open"),
        ("楼道灯坏了", "repair", "normal", None, "open"),
        ("有人在楼道给电动车充电,跟邻居说了不听", "safety", "normal", None, "open"),
        ("网格员从来不接电话,态度很差", "suggestion", "normal", None, "confidential"),
        ("办事处态度太差,不作为", "suggestion", "normal", None, "open"),
        ("我儿子不赡养我", "dispute", "normal", None, "private"),
        ("老板欠我工资不给", "dispute", "normal", None, "private"),
        ("楼上太吵", "dispute", "normal", None, "open"),
        ("我一个人住,想找人聊聊天", "wish", "normal", None, "private"),
        ("孙子想要一个篮球", "wish", "normal", None, "open"),
        ("噪音", "environment", "normal", None, "open"),
        ("漏水", "repair", "normal", None, "open"),
        ("表扬网格员小示,真负责", "suggestion", "normal", None, "open"),
        ("谢谢你们", "chat", "normal", None, "open"),
        ("高龄津贴多少钱,怎么申请", "policy", "normal", None, "open"),
        ("帮我妈取一下养老金", "errand", "normal", None, "open"),
    ],
)
def test_border_rulings(
    understander: Understander, text: str, type_: str, urgency: str, kind: str | None, sensitivity: str
) -> None:
    said = understander.understand(text)
    assert (said.type, said.urgency, said.emergency_kind, said.sensitivity) == (type_, urgency, kind, sensitivity)


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("上次着火没人管,现在又着火了", "emergency"),
        ("去年装的煤气灶,现在漏气,味很大", "emergency"),
        ("昨天走丢的老人到现在没找到", "emergency"),
        ("我好害怕,他拿着刀", "emergency"),
        ("怕是煤气漏了,味很大", "emergency"),
        ("打了119,着火了还没人来", "emergency"),
        ("我妈以前有心脏病,刚才晕倒了", "emergency"),
        ("是不是煤气漏了,味好大", "emergency"),
        ("我爸特别喘不上气", "emergency"),
        ("曾奶奶晕倒了", "emergency"),
        ("孩子打游戏的时候抽搐了", "emergency"),
        ("遛狗的大爷晕倒了", "emergency"),
        ("我爸晕倒了,打手机也没人接", "emergency"),
        ("老人拿着手机走丢了", "emergency"),
        ("老人走失手机也没带", "emergency"),
        ("大水进屋了,厕所都淹了", "emergency"),
        ("媳妇羊水破了", "emergency"),
        ("煤气漏了有爆炸的危险", "emergency"),
        ("老人的手机不见了", "normal"),
        ("屋里一氧化碳报警器响了", "emergency"),
        ("煤气报警器一直在响", "emergency"),
        ("煤气报警器没电了老响", "normal"),
        ("山上的树一排往下走 站着走", "emergency"),
        ("我妈出门两个钟头了还没回来", "emergency"),
        ("河堤裂了个口子", "emergency"),
        ("他喝了酒就打人 现在又动手了", "emergency"),
        ("他喝了酒就打人 快来", "emergency"),
        ("上次着火没人管", "normal"),
        ("怕着火,楼道里全是电瓶", "normal"),
    ],
)
def test_the_second_look(understander: Understander, text: str, urgency: str) -> None:
    assert understander.understand(text).urgency == urgency


@pytest.mark.parametrize(
    "text", ["都两个钟头了", "都等了三个钟头了", "院墙裂了个口子", "吊臂伸到人家房顶上了", "他喝了酒就打人"]
)
def test_a_guess_needs_a_sign_of_its_kind(understander: Understander, text: str) -> None:
    assert understander.understand(text).urgency != "emergency"


def test_a_gas_detector_tells_of_gas(understander: Understander) -> None:
    assert understander.understand("屋里一氧化碳报警器响了").emergency_kind == "gas"


def test_a_refused_emergency_gives_its_reason(understander: Understander) -> None:
    said = understander.understand("上次着火,楼道电线到现在还耷拉着")
    assert said.urgency != "emergency" or said.main is not None
    doubted = understander.understand("楼道堆满纸箱,万一着火跑都跑不了")
    assert doubted.main is not None
    assert any("万一" in reason for reason in doubted.main.evidence)


def test_json_has_the_shape_of_the_contract(understander: Understander) -> None:
    said = understander.understand("东胡同厨房水管漏了,还有楼下老李家天天半夜吵", known_lane="b1").as_json()
    assert set(said) == {
        "text", "requests", "is_request", "place", "type", "urgency", "emergency_kind", "sensitivity",
    }  # fmt: skip
    assert [set(request) for request in said["requests"]] == [
        {"type", "confidence", "urgency", "emergency_kind", "sensitivity", "clause", "evidence"}
    ] * 2
    assert said["place"] == {"lane": "a1", "candidates": [], "text": "东胡同"}


def test_an_emergency_is_the_main_matter(understander: Understander) -> None:
    said = understander.understand("路灯不亮了。另外隔壁着火了,快来人")
    assert said.emergency_kind == "fire"
    assert said.main is not None
    assert set(said.types) >= {"public_facility", "safety"}


def test_an_operators_words_and_types(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[types.repair]\nwords = {"水压罐" = 5}\n[types.farming]\nwords = {"浇地" = 5}\n', encoding="utf-8")
    said = Understander(Gazetteer([]), lexicons=[own])
    assert said.understand("水压罐该换了").type == "repair"
    assert said.understand("轮到俺浇地了没").type == "farming"


def test_a_broken_lexicon_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[types.repair]\nwords = {"a" = "b"}\n', encoding="utf-8")
    with pytest.raises(LexiconError, match="repair"):
        Understander(Gazetteer([]), lexicons=[own])


def test_a_type_that_is_switched_off_becomes_other() -> None:
    said = Understander(Gazetteer([]), enabled_types=set(TYPES) - {"wish"})
    assert said.understand("孙子想要一个书包").type == "other"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200) | st.text("水漏。火,着了还有\n#1 老人没", max_size=200))
def test_no_text_raises(understander: Understander, text: str) -> None:
    said = understander.understand(text, known_lane="a1", location=(34.75, 113.6))
    assert said.urgency in URGENCIES
    assert said.sensitivity in SENSITIVITIES
    assert said.emergency_kind is None or said.emergency_kind in EMERGENCY_NUMBERS
    assert said.is_request == (said.type != "chat")


def test_long_and_broken_texts(understander: Understander) -> None:
    started = perf_counter()
    for text in (
        "\ud800着火",
        "着火" * 50_000,
        "水管漏" * 20_000,
        "敲门没人应" * 9_000,
        "1" * 100_000,
        "还有" * 40_000,
    ):
        understander.understand(text)
    assert perf_counter() - started < 5


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ALL_TEXTS))
def test_traditional_signs_mean_the_same(understander: Understander, text: str) -> None:
    there = TO_TRADITIONAL.convert(text)
    if TO_SIMPLIFIED.convert(there) != TO_SIMPLIFIED.convert(text):
        return  # a sign that has no way back
    plain, traditional = understander.understand(text), understander.understand(there)
    assert (plain.types, plain.urgency, plain.emergency_kind) == (
        traditional.types, traditional.urgency, traditional.emergency_kind,
    )  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(ALL_TEXTS), st.sampled_from(["你好,", "您好！", "在吗？", "大家好，"]))
def test_a_greeting_changes_nothing(understander: Understander, text: str, greeting: str) -> None:
    bare, polite = understander.understand(text), understander.understand(greeting + text)
    assert (bare.type, bare.urgency, bare.emergency_kind) == (polite.type, polite.urgency, polite.emergency_kind)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(ALL_TEXTS), st.sampled_from([",谢谢", "，谢谢您！", " 多谢了", "。辛苦了", "\n谢谢大家"]))
def test_a_thank_you_changes_nothing(understander: Understander, text: str, thanks: str) -> None:
    bare, polite = understander.understand(text), understander.understand(text + thanks)
    assert (bare.types, bare.urgency, bare.emergency_kind) == (polite.types, polite.urgency, polite.emergency_kind)


@settings(max_examples=30, deadline=None)
@given(st.permutations(LANES), st.sampled_from(ALL_TEXTS))
def test_the_order_of_the_roster_does_not_matter(understander: Understander, lanes: list[LaneEntry], text: str) -> None:
    there = f"东胡同,{text}"
    mixed = Understander(Gazetteer(lanes, HOUSEHOLDS))
    assert mixed.understand(there).as_json() == understander.understand(there).as_json()


@pytest.mark.parametrize(
    ("right", "wrong"), [("厨房漏水了", "厨房楼水了"), ("下水道堵了", "下水到堵了"), ("屋顶漏水", "屋顶漏睡")]
)
def test_words_that_sound_the_same(understander: Understander, right: str, wrong: str) -> None:
    assert understander.understand(right).type == understander.understand(wrong).type == "repair"


@pytest.mark.parametrize(
    "text",
    [
        "建设路",
        "建设路3号",
        "石榴胡同",
        "幸福小区",
        "3号",
        "我家厨房",
        "那个",
        "俺家门口那个",
        "厕所那个",
        "就俺们楼道",
        "3号楼门口那个",
        "我们单元的",
        "胡同口那儿",
    ],
)
def test_a_place_alone_asks_for_nothing_yet(understander: Understander, text: str) -> None:
    assert not understander.understand(text).is_request


def test_full_width_means_the_same(understander: Understander) -> None:
    assert understander.understand("１２０！我爸晕倒了，叫不应").emergency_kind == "medical"


@pytest.mark.parametrize(
    "text",
    [
        "约的上午来修水管 等到现在没见着人影",
        "人影都没见一个",
        "电工师傅找不着我家门 在胡同口打转",
        "我大字不识 咋办",
        "耳朵背 敲门使劲点",
        "她老公叫王砍山",
        "燃气公司来过 现在闻不到煤气味了",
        "隔壁炉子天天冒烟呛人",
        "院里野草该割一割了",
        "老刘喝多了就喊跳楼 喊了好几年 没人当回事",
        "三轮车不见了",
        "听说来了人贩子 真的假的",
        "我先撤了 你们慢慢聊",
        "兄弟俩抡大锤砸墙",
        "小两口自己动手装修",
    ],
)
def test_what_sounds_like_danger_rings_nobody(understander: Understander, text: str) -> None:
    assert understander.understand(text).urgency != "emergency"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我闺女说九点到家 人影都没有了 到处找不着", "missing"),
        ("孙女不见了", "missing"),
        ("我眼前一黑 看不见了 快来人", "medical"),
        ("我爸叫车撞了 不动了", "medical"),
        ("她男人叫王铁柱 正打她呢 快来", "violence"),
        ("煤气味没散", "gas"),
        ("煤气味还没了结", "gas"),
        ("我要割手腕了", "self_harm"),
        ("跪下给我妈磕了三个头 我走了 别找我", "self_harm"),
        ("没脸活了 楼顶真高", "self_harm"),
        ("想永远睡过去 太累了", "self_harm"),
        ("插排冒烟 断了电还冒", "fire"),
    ],
)
def test_their_neighbours_ring(understander: Understander, text: str, kind: str) -> None:
    said = understander.understand(text)
    assert (said.urgency, said.emergency_kind) == ("emergency", kind)


@pytest.mark.parametrize(
    "text", ["父子俩打起来了", "婆媳俩撕巴起来了", "老李和他媳妇动上手了", "姐俩扭打在一块", "爷俩抡板凳了"]
)
def test_a_fight_at_home_rings_and_is_secret(understander: Understander, text: str) -> None:
    said = understander.understand(text)
    assert (said.urgency, said.emergency_kind, said.sensitivity) == ("emergency", "violence", "confidential")


@pytest.mark.parametrize(
    ("text", "sensitivity"),
    [
        ("主任 井盖坏了", "open"),
        ("请书记给说说 邻居占我墙根", "open"),
        ("找网格员帮我取个快递", "open"),
        ("书记 小陈收我红包", "confidential"),
        ("村长家占了公家地", "confidential"),
        ("我男人不许我出门", "confidential"),
        ("租客欠三个月房租 人跑了", "private"),
        ("我家供不起俩学生", "private"),
    ],
)
def test_for_whose_ears_it_is(understander: Understander, text: str, sensitivity: str) -> None:
    assert understander.understand(text).sensitivity == sensitivity


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("再不来收垃圾我打12345了", ("environment",)),
        ("再不来换锁 我可打市长热线了", ("repair",)),
        ("对了 门口路灯也灭了", ("public_facility",)),
        ("窗户玻璃碎了 想找人换", ("repair",)),
        ("报了警也没人管 隔壁还在放炮", ("safety",)),
    ],
)
def test_what_is_asked_for(understander: Understander, text: str, types: tuple[str, ...]) -> None:
    assert tuple(one.type for one in understander.understand(text).matters) == types
