"""What is taken out of words before others than the responsible member see them.

Rather a word too many than a person too many: what only might be a name or a door is masked too, but everyday words
(a date, a bus line, 马上, 马桶) stay readable; tests/handlers/rules/test_masking.py holds both.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection

from classifiers.reader.late import late

_FORMAL = "壹贰叁肆伍陆柒捌玖"
_SAID = f"零〇幺一二三四五六七八九两{_FORMAL}"  # digits as they are spoken
_NUM = f"0-9{_SAID}十百拾"
_HAN = "[\u4e00-\u9fff]"
_GAP = r"[-\s.·‐-―－]?"  # what people put between the digits of a number

# ── numbers ──────────────────────────────────────────────────────────────────────────────────────

_WIDE_DIGITS = str.maketrans(
    {0xFF10 + digit: str(digit) for digit in range(10)}
    | {"\uff0b": "+", "\uff03": "#"}
    | {0x24EA: "0"}
    | {0x2460 + n: str(n + 1) for n in range(9)}
)
_ID_CARD = late(rf"(?<!\d)\d{{6}}{_GAP}(?:18|19|20)\d\d{_GAP}\d{{4}}{_GAP}\d{{3}}[\dXx](?!\d)|(?<!\d)\d{{15}}(?!\d)")
_BANK_CARD = late(r"(?<!\d)\d{4}[- ]\d{4}[- ]\d{4}(?:[- ]\d{1,4}){1,2}(?!\d)")
_CARD_RUN = late(r"(?<!\d)\d{16,19}(?!\d)")
_MOBILE = rf"(?<!\d)(?:\(?(?:\+|00)?86\)?{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)"
_LANDLINE = rf"(?<!\d)[(\uff08]?0\d{{2,3}}[)\uff09]?{_GAP}\d{{3,4}}{_GAP}\d{{4}}(?!\d)"
_LOCAL = r"(?<![\d-])(?!20\d\d[- ]20\d\d)[2-9]\d{3}[- ]\d{4}(?![\d-])"
_LISTED = r"(?<!\d)1[3-9]\d[,\uff0c、]\d{4}[,\uff0c、]\d{4}(?!\d)"
_SPOKEN = rf"(?:[{_SAID}][\s,\uff0c、-]?){{6,}}[{_SAID}]"
_HALF_SPOKEN = rf"(?<!\d)(?=[\d-]*[{_SAID}])(?:[\d{_SAID}]-?){{8,}}[\d{_SAID}]"
_PHONE = late(f"{_MOBILE}|{_LISTED}|{_LANDLINE}|{_LOCAL}|{_SPOKEN}|{_HALF_SPOKEN}")
_LONG_NUMBER = late(r"(?<!\d)\d{7,}(?!\d)")
_PLATE = late(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Za-hj-np-z][·\s]?[A-HJ-NP-Za-hj-np-z0-9]{5,6}(?![A-Za-z0-9])"
)
_ACCOUNT = late(
    r"((?:[微威薇徽]信|[vV]信|(?<![A-Za-z])(?:[vVwW][xX]|[qQ]{2})|扣扣|[微威薇徽][^\w\s,\uff0c。]{0,2})号?[:\uff1a是]?\s*)"
    r"([A-Za-z][-\w]{4,19}|\d{5,})",
    re.A,
)
_EMAIL = late(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.A)

# ── doors ────────────────────────────────────────────────────────────────────────────────────────

_ROOM = rf"[{_NUM}]{{3,4}}(?![{_NUM}]|[元块人米个多年])"
_BUILDING = (
    rf"(?:[{_NUM}]+|[A-Za-z甲乙丙丁])(?:号楼(?![道顶梯板洞])|#楼?|号院)|[A-Za-z甲乙丙丁]楼|[0-9A-Za-z]+(?:栋|幢|座)"
    rf"|[零一二三四五六七八九十百]+(?:(?:栋|幢)(?![楼房大老新]|居民)|座(?=[{_NUM}]))"
)
_INNER = (
    rf"(?:[\s,\uff0c、的-]{{0,2}}(?:(?:[{_NUM}]+|[A-Za-z])(?:单元|门|层|楼|室|号|户)"
    rf"|[{_NUM}]{{1,2}}[-–—][{_NUM}]{{3,4}}|{_ROOM}))"
)
_SIDE = r"(?:[东西中南北]+(?:[户门边](?!\w*路)|厢房?))?"
_AFTER_DATE = (
    "来|去|前|后|之前|之后|以前|以后|到|早|晚|上午|下午|中午|开始|交|办|发|停|就|那天|凌晨|起|报|我|他|她|打|说"
)
_NO_DOOR = "线|文件|公交|车|台风|令|人|个人|电池|汽油|店|病|种子|楼上"
_DOOR = late(
    rf"(?:{_BUILDING}){_INNER}{{0,4}}{_SIDE}"
    rf"|(?:[{_NUM}]+|[A-Za-z东西中南北])单元{_INNER}{{0,3}}{_SIDE}"
    rf"|[{_NUM}]+[楼层][东西中南北]+户|(?<![{_NUM}])[{_NUM}]{{1,2}}门\s?[{_NUM}]{{3,4}}(?![{_NUM}]|[元块人米个多年])"
    rf"|(?<![{_NUM}A-Za-z])(?:[{_NUM}]{{1,3}}|[A-Za-z])(?:[-–—－/杠])[{_NUM}]{{1,2}}(?:[-–—－/杠])[{_NUM}]{{2,4}}(?![{_NUM}])"
    rf"|(?<![\d-])\d{{1,2}}[-–—－]\d{{3,4}}(?![\d-]|[元块人米斤次个平度天岁户多年])"
    rf"|[{_NUM}]+室(?![{_NUM}]厅)"
    rf"|(?<=[街路巷弄里村同院道住牌附])\s?[{_NUM}]+号(?!{_NO_DOOR}){_INNER}{{0,3}}{_SIDE}"
    rf"|(?<![月{_NUM}])(?:3[2-9]|[4-9]\d|\d{{3,4}}|[四五六七八九]十[{_NUM}]*|[{_NUM}]*百[{_NUM}]*)号(?!{_NO_DOOR}){_INNER}{{0,3}}"
    rf"|(?<![月第{_NUM}])[{_NUM}]{{1,3}}号(?!{_NO_DOOR}|{_AFTER_DATE}){_INNER}{{0,3}}{_SIDE}"
    rf"|(?<=楼上|楼下|对门|隔壁|我家|我是|家住|我住){_ROOM}|(?<!\d)\d{{3,4}}(?=的?(?:住户|业主|租户|邻居|那家|家的|家(?!\w)|的人))"
)

# A room without 室: behind 住, behind 在 and 是 at the end of a clause, before somebody's home, or a clause of its own.
_TOLD_ROOM = late(
    rf"(?<=住)(?:在|的?是)?[{_SAID}0-9]{{3,4}}(?![{_NUM}]|[元块人米个多年天平户路弄号日月队团]|医院|部队)"
    rf"|(?<=[在是])(?!(?:1(?:10|19|20|22)|999|(?:19|20)\d\d)(?!\d))[{_SAID}0-9]{{3,4}}(?=[\s,\uff0c。;\uff1b!\uff01]|$|的?住户|那[家户])"
    rf"|(?<![\d年月])[1-9]\d{{2,3}}(?=老{_HAN}家|{_HAN}家(?!具|电|长|庄|村))"
    r"|(?<![^\s,\uff0c。;\uff1b:\uff1a、(\uff08])(?<!路\s)(?<!公交\s)(?<!编号\s)(?:[1-9]|[12]\d)(?:0[1-9]|1[1-8])"
    r"(?=[\s,\uff0c。;\uff1b、)\uff09!\uff01]|$)(?<!110)(?!\s*(?:[元块度天个人路]|公交|快线))"
)

# ── names ────────────────────────────────────────────────────────────────────────────────────────

_DOUBLE = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯"
_COMMON = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎闫余潘杜戴夏钟汪田任"
    "姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_RARE = (
    "褚卫尤施严华陶戚喻柏窦章葛奚郎鲁韦昌苗凤俞柳鲍费廉岑倪滕殷罗毕邬乐皮卞齐伍元卜穆湛祁禹狄贝臧计成茅庞纪舒屈项祝阮蓝闵席麻强路"
    "娄危童颜梅盛刁骆樊凌霍虞柯管莫房裘缪解应宗宣郁单杭洪诸左吉钮嵇邢滑裴荣翁荀羊惠甄曲封芮储靳富巫乌焦牧隗谷宓蓬仰秋仲伊宫宁仇栾"
    "甘厉戎祖符詹束幸司韶郜蓟薄印宿怀蒲鄂索咸籍卓蔺屠池阴胥苍双闻莘党翟贡劳逄姬申扶堵冉宰郦雍璩桑桂濮寿扈燕冀郏浦尚农柴瞿充连茹艾"
    "古慎戈庾暨衡耿弘匡寇禄阙欧聂关荆游权安温牛岳付代覃骆冼涂鞠佟"
)
_NO_NAME = (  # everyday words that begin like a name
    "孙子|孙女|孙媳|黄皮|毛孩|黄牛|武警|方言|马戏|白蚁|石匠|石料|马蜂|白灰|张嘴|张口|金婚|金镯|金戒|金耳|金项|金子|马桶|马路|马上|马虎|马达|高空|高层|高楼|高血|高压|高温|高速|高声|高兴|高龄|高处|高低|石墩|石头|石板|石子|"
    "石块|石棉|白天|白色|白菜|白酒|金鱼|金属|"
    "金额|方便|方向|方才|方法|方案|方块|江边|江水|林子|林业|黄狗|黄色|黄昏|黄土|黄泥|毛坯|毛病|毛巾|万一|万家|"
    "万元|万分|雷声|雷雨|雷电|常常|常年|常有|常住|"
    "常来|段时|段路|文艺|文化|文明|文件|武术|龙头|龙虾|史上|任何|任由|任教|任务|顾不|顾客|田里|田地|田间|叶子|"
    "叶落|苏打|于是|许多|许久|许可|何时|何必|何况|"
    "何人|陆续|温度|温水|温暖|程度|程序|夏天|余下|易燃|易拉|严重|梁上|钟声|钟头|钱包|钱款|钱没|钱都|钱不|安装|"
    "安全|安静|安排|安保|安徽|包村|胡同|胡说|胡乱|成天|成年|单元|单位|单车|双方|关门|"
    "关了|关于|连续|连着|强行|强烈|管道|管子|管家|管理|房子|房东|房屋|左边|应该|解决|计划|华为|封闭|封条|封控|"
    "路灯|路口|路面|路上|路边|路过|宿舍|池塘|池子|农村|农民|司机|费用|"
    "古树|游乐|党员|党支|代办|代为|付费|付了|权利|阴沟|阴天|乐队|印章|富裕|席子|储物|充电|充满|印刷|印象|柴火|"
    "苗圃|蓝色|章程|周围|周边|周末|周一|周二|周三|周四|周五|周六|周日|"
    "孔洞|康复|康养|秦岭|孟婆|江苏|贺卡|贺年|范围|宋体|唐突|谢谢|谢了|夏季|沈阳|郑州|徐州|苏州|杭州|常州|吴江|"
    "石家|龙卷|龙年|马年|牛年|牛奶|"
    "高[峰中大考铁档级架人手科]|熊[孩猫样]|张[灯贴罗]|王[府八法]|李子|陈[年旧皮]|杨梅|周[转到年]|胡[闹扯来子萝]|江[北南湖]|韩[国式]|"
    "[唐宋]朝|萧条|余[温地震]|杜绝|戴孝|夏[装夜末]|钟表|田[野埂]|石[油阶柱灰榴台路]|金[条银]|陆地|白[墙等跑忙搭发条领班]|毛[毯线发衣笔]|"
    "顾虑|万[幸能]|段子|雷达|钱财|汤圆|易碎|常[用见规]|武装|乔[迁装]|赖[账皮]|文[具字章]|任[性意]|方[形桌正圆]|何[苦不]|罗[马锅]|"
    "梁柱|程控|董事|谢[意绝您]|黄[灯线金油焖瓜豆]|雷阵|毛毛|龙凤|胡辣|戴铃|马[车匹夹甲蹄]|林[区地]|郑重|叶片|雷同|孙辈|徐徐|汪汪|"
    "于[昨今明上下本前后\\d一二三四五六七八九十]|杨树|柳树|桂花|梅花|桑树|柏树|林荫|朱红|罗列|吕梁|曾经|曾在|"
    "余[下额款]|戴[着上口]|丁点|丁字"
)
_EVERYDAY = late(_NO_NAME)
SHORT_NAME = 2  # signs
_FUNCTION = (
    "的了是有在和跟与被把给对向让叫找去来个位那这些老大小几两多独住都也就还说不没要会到回家上下里外前后说打骂吵用"
)
_FIRST = f"(?!{_NO_NAME})(?:{_DOUBLE}|[{_COMMON}{_RARE}])"
_COMMON_FIRST = f"(?!{_NO_NAME})(?:{_DOUBLE}|[{_COMMON}])"
_GIVEN = rf"[^\W\d_a-zA-Z{_FUNCTION}]{{1,2}}"
# a given name after a sign that one follows
_OWN = "[^\\W\\d_a-zA-Z的了是有在和跟与被把给对向让叫找去来这那也就还说不没要会到住我你他她它们您]{1,2}"
_GIVEN_WHOLE = f"(?:{_OWN}|有[才财福德富贵余]|[福运喜春金宝财东]来)"
_OWN_ONE = _OWN.removesuffix("{1,2}")
_END = r"(?=[^\w]|$|住|家|电话|手机|今年|现年|男|女|的)"

_KIN = (
    "儿子|女儿|闺女|孙子|孙女|外孙|老伴|老公|老婆|丈夫|妻子|媳妇|母亲|父亲|妈妈|"
    "爸爸|我妈|我爸|哥哥|姐姐|弟弟|妹妹|爷爷|奶奶|姥姥|姥爷|外婆|婆婆|公公|孩子"
)
_RELATION = (
    "楼上|楼下|隔壁|对门|邻居|住户|业主|租户|租客|房东|房客|户主|村民|居民|同志|"
    "主任|书记|网格员|胡同长|村长|组长|队长|经理|医生|联系人|老人|残疾人|独居"
)
_TITLES = (
    "大爷|大妈|大娘|大叔|大婶|大姐|大哥|大嫂|大伯|大姨|爷爷|奶奶|叔叔|阿姨|师傅|老师|先生|女士|小姐|婶子|婶婶|"
    "嫂子|嫂嫂|老太太|老太|老头|老汉|老伯|老爷子|婆婆|姥姥|伯伯|同志|"
    "主任|书记|支书|队长|组长|站长|村长|会计|医生|大夫|经理|老板|警官|所长|科长|局长|处长|护士|教授|律师|网格员|家的"
)
_SHORT_TITLES = "婶|叔|姨|伯|嫂|姐|哥|爷|奶|妈|总|工(?!作|程|地|人|资|伤|厂)|家(?!长|具|电|里蹲)"
_SAID_NAME = late(
    rf"((?:我叫|名叫|叫做|他叫|她叫|个叫|姓名[:\uff1a]?|本人|[户主]叫|联系人[:\uff1a]?)\s*)({_FIRST}{_HAN}{{1,2}}?{_END}|{_FIRST}{_OWN})"
    rf"|(我是(?:[^,\uff0c。]{{0,8}}的)?\s*)({_FIRST}{_HAN}{{1,2}})(?<![人户员区县镇村街里民])(?=[^\w]|$|住|家住|电话|手机)"
)
# A name that does something to somebody, is found behind something, or has a home.
_ACTING_NAME = late(
    rf"((?<!{_HAN})|(?<!{_HAN})是|找|寡妇|光棍|[\d{_NUM}]楼|单元|有个|那个|跟|和|被)({_COMMON_FIRST}{_GIVEN_WHOLE})"
    rf"(?=家(?!{_HAN}*(?:胡同|庄|村|营|具|长))|[打骂欠偷砸]|干的|弄的|占着|堵着|停车|放狗|养的|天天|总是|老是|半夜|解决|处理)"
)
_CALLED_NAME = late(
    rf"((?:(?<!{_HAN})|[个人头娃的找]|姓{_HAN})叫\s?)({_COMMON_FIRST}{_GIVEN_WHOLE})(?=的|[^\w]|$|今年|住|在|没|不|天天)"
)
_NEAR_NAME = late(rf"((?:{_KIN}|{_RELATION})[:\uff1a]?\s?)({_COMMON_FIRST}{_OWN})(?!{_HAN}?(?:{_TITLES}))")
_LISTED_NAME = late(
    rf"(?<!{_HAN})({_FIRST}{_HAN}{{1,2}})(?=[,\uff0c、\s(\uff08]*(?:[男女][,\uff0c、\s]|\d{{1,3}}岁)|[\s,\uff0c:\uff1a(\uff08]*(?:电话|手机号?)?[\s:\uff1a是]*\[(?:电话|证件号)])"
)
_CALLED = late(
    rf"(?:(?<!养)老|[小阿])(?!{_NO_NAME}|高层|叶榕|许|康|白|毛)(?:{_DOUBLE}|[{_COMMON}])(?!形|时)"
    rf"|(?<![现前上新兼历])(?!{_NO_NAME}(?!{_TITLES}))(?:{_DOUBLE}|[{_COMMON}{_RARE}])(?:{_GIVEN})??(?:{_TITLES})"
    rf"|{_COMMON_FIRST}(?:{_SHORT_TITLES})"
)
# A whole name of two or three signs before what people do to each other: 马老六昨天还骂人, 西头韩二柱占道停车.
_NO_PERSON = (
    "料锅团捅管灯门窗电气车楼路口道板盖墙顶线箱桶桌椅柜井沟渠坑洞树草杆牌锁梯台瓦砖泥沙煤油烟灰味声机"
    "泵阀表费款证卡票药饭菜鱼狗猫头个名人员厂店房场区街村家们几两三四五十多边里外上下点天月年时候段层"
    "面块条次回道"
)
_ADVERB = (
    "昨天|昨晚|昨儿|昨夜|今天|今早|今儿|前天|前几天|刚才|上午|下午|晚上|半夜|天天|总是|"
    "老是|一直|还在|又|还|老|总|就|也|都|偷偷|非要|硬是"
)
_ADVERBS = frozenset(_ADVERB.split("|"))
_DOES = (
    "骂(?:人|我|街|了|他|她|俺|得)|打(?:人|我|了我|他|她|俺|架|麻将|老婆|媳妇|孩子)|动手|占(?:道|着|用|了|地|我|俺|过道|楼道|公)|霸占|"
    "欠(?:我|俺|人|钱|着|了)|堵(?:着|了|我|俺|住|门|在|路|道)|停车|不认账|不承认|赖账|赖着|不还|不讲理|不给(?:我|俺|钱)|不让(?:我|俺|人|过|路)|"
    "偷|砸|抢|踹|欺负|威胁|吵|闹(?:事|得|腾)|喝(?:酒|多|醉)|养(?:鸡|狗|鸽|猪|的)|放(?:狗|炮|音响)|推(?:我|俺|了我)|把(?:我|俺|车|东西|垃圾|过道|楼道|路|道|门|院)|在(?:楼道|过道|门口|胡同)"
)
_DOING_NAME = late(
    rf"((?<!{_HAN})|(?<!{_HAN})[东西南北前后][头院边街]|(?<!{_HAN})(?:村|院|街|巷|胡同)(?:里|头)|(?<!{_HAN})(?:就是|还有|那)|[个的是])"
    rf"({_COMMON_FIRST}{_OWN_ONE}{{1,2}}(?<![{_NO_PERSON}]))(?=(?:{_ADVERB}){{0,2}}(?:{_DOES}))"
)
# Behind a door or a place, and where somebody is to be found: 井台街12号的刘翠花, 找韩二柱.
_OF_NAME = late(
    rf"((?:\*|[号室户院楼街巷村]|胡同)的|(?<!{_HAN})(?:去)?找)(?!{_HAN}{{1,2}}(?:{_TITLES}|{_SHORT_TITLES}))({_COMMON_FIRST}{_OWN_ONE}{{1,2}}(?<![{_NO_PERSON}]))(?=[,\uff0c。!\uff01、;\uff1b\s]|$|就[行好成可]|即可)"
)
# Somebody's home, whatever his surname: 九号院岳大川家门口.
_HOME_OF = late(
    rf"((?<!{_HAN}))({_FIRST}{_OWN}(?<![{_NO_PERSON}]))(?=家(?:门|院|房|墙|屋|楼|窗|后|前|旁|对面|里|的|[^\w]|$))"
)
# A clause that is a name and nothing else: 12号院 张福来; of two signs only behind a door, a surname told or a home.
_NO_GIVEN = (
    "漏坏堵响断滑裂塌倒破臭脏乱吵冒溢掉歪修换拆装买卖贵坐站走跑吃喝看听想停关开送收交办报查太很真好点些过次着得完起"
)
_BARE_SIGN = rf"(?![{_NO_GIVEN}{_NO_PERSON}]){_OWN_ONE}"
_BARE_FIRST = rf"(?!{_HAN}{{1,2}}?(?:{_TITLES}|{_SHORT_TITLES})){_COMMON_FIRST}"
_WHOLE_GIVEN = rf"(?:{_BARE_SIGN}{_BARE_SIGN}|[福运喜春金宝财东]来)"
_END_OF_CLAUSE = r"(?=[\s,\uff0c。;\uff1b、)\uff09!\uff01]|$)"
_ALONE_NAME = late(
    rf"((?:\*\*|姓{_HAN}|老{_HAN}家)[\s,\uff0c、:\uff1a]*)({_BARE_FIRST}(?:{_WHOLE_GIVEN}|{_BARE_SIGN})){_END_OF_CLAUSE}"
    rf"|((?<![^\s,\uff0c。;\uff1b:\uff1a、(\uff08]))({_BARE_FIRST}{_WHOLE_GIVEN}){_END_OF_CLAUSE}"
)
# Another's name by what he is called: 他媳妇叫孙桂花, and the surname alone in 姓孙.
_RELATED_NAME = late(
    rf"((?:{_KIN}|{_RELATION}|{_TITLES}|那[家人口位]|[男女]的)(?:的?名字)?(?:是|叫|就叫)\s?)({_COMMON_FIRST}{_GIVEN_WHOLE})"
    rf"{_END_OF_CLAUSE}"
)
_SURNAME = late(rf"(?<=姓)(?<!百姓)(?:{_DOUBLE}|[{_COMMON}{_RARE}])(?![名氏])")
# Given names alone: behind a relation, before a number or what he does.
_GIVEN_SIGNS = (
    "建军国强伟芳娜秀英敏静丽娟霞勇杰涛超兰玉桂翠花梅凤莲荣华珍珠云琴素玲红艳春菊燕萍婷晶慧兵斌波辉鹏"
    "飞磊志海永福贵德振林峰宝柱栓根旺祥瑞庆忠义俊浩宇轩涵怡佳雪莹倩彩香二大三小"
)
_GIVEN_NAME = f"(?!大小|小大|[大小][二三]|二三|大大|小小|三三)[{_GIVEN_SIGNS}]{{2}}"
_RELATIVE = "儿子|女儿|闺女|老公|老婆|媳妇|儿媳妇?|丈夫|老伴|孙子|孙女|女婿|外甥|侄子|妹妹|弟弟|姐姐|哥哥"
_GIVEN_BEFORE_NUMBER = late(
    rf"((?:{_RELATIVE}|叫|找)\s?)({_HAN}{{2}})(?=[\s,\uff0c:\uff1a(\uff08]*(?:电话|手机号?)?[\s:\uff1a是]*\[电话])(?<!电话)(?<!手机)"
)
_GIVEN_ALONE = late(
    rf"((?:{_RELATIVE}|叫)\s?)({_GIVEN_NAME})(?=[^\w]|$|的|不|没|也|在|住|来|(?:{_ADVERB}){{0,2}}(?:{_DOES}))"
    rf"|((?<!{_HAN}))({_GIVEN_NAME})(?=(?:{_ADVERB}){{0,2}}(?:{_DOES}))"
)
_FULL_NAMES = (
    _SAID_NAME,
    _CALLED_NAME,
    _RELATED_NAME,
    _NEAR_NAME,
    _LISTED_NAME,
    _OF_NAME,
    _HOME_OF,
    _DOING_NAME,
    _ALONE_NAME,
    _ACTING_NAME,
)
_UNSEEN = late(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f\U000e0000-\U000e007f]"
)


_WHOLE = 3  # signs of a name with its surname
_KEPT_FROM, _MOST_KEPT = 0xE000, 100  # signs of nobody stand for our own people's names while others are masked

_CODE_WORD = late(r"((?:密码|口令|验证码|校验码|后[四六4-8]位)\S{0,3}?[是为:\uff1a]?\s*)[0-9A-Za-z]{4,}")
_KEY_PLACE = late(r"(钥匙(?:我|就|都|给您?)?(?:放|搁|藏|压|在|塞)[在到了]?)[^,\uff0c。;\uff1b\s]{1,14}")
_SPACED = late(r"(?<!\S)\S(?:[ \u3000]\S){3,}(?![^\s,，。;；!！?？、])")  # 3 号 楼


def _closed_up(found: re.Match[str]) -> str:
    return found[0].replace(" ", "").replace("\u3000", "")


def without_numbers(text: str) -> str:
    """Phones, identity numbers and other long numbers replaced; for logs and for everybody who need not call."""
    text = text.translate(_WIDE_DIGITS)
    text = _ID_CARD.sub("[证件号]", text)
    text = _BANK_CARD.sub("[号码]", text)
    text = _PHONE.sub("[电话]", text)
    return _LONG_NUMBER.sub("[号码]", text)


def without_cards(text: str) -> str:
    """Identity and bank card numbers replaced: nobody needs them in order to come. Doors and phones stay."""
    text = _ID_CARD.sub("[证件号]", text.translate(_WIDE_DIGITS))
    return _CARD_RUN.sub("[卡号]", _BANK_CARD.sub("[卡号]", text))


def for_group(text: str, names: Collection[str] = (), own: Collection[str] = ()) -> str:
    """A resident's words as a group may read them: numbers, doors, accounts and people's names are masked.

    `names` are names known from what was said before; others are found by how people call each other. `own` are the
    names of the desk's people, which everybody knows.
    """
    text = without_numbers(_SPACED.sub(_closed_up, _UNSEEN.sub("", text)))
    kept = sorted({name for name in own if len(name) > 1 and name in text}, key=len, reverse=True)[:_MOST_KEPT]
    for place, name in enumerate(kept):
        text = text.replace(name, chr(_KEPT_FROM + place))
    text = _EMAIL.sub("[邮箱]", text)
    text = _CODE_WORD.sub(r"\1**", text)
    text = _KEY_PLACE.sub(r"\1**", text)
    text = _ACCOUNT.sub(r"\1[账号]", text)
    text = _PLATE.sub("[车牌]", text)
    for name in sorted((name for name in names if len(name) > 1), key=len, reverse=True):
        text = text.replace(name, name[:1] + "**")
        text = text.replace(name[1:], "某某") if len(name) == _WHOLE and name[1:] not in _ADVERBS else text
    text = _without_doors(text)
    for found_by in _FULL_NAMES[:-1]:
        text = found_by.sub(_surname_only, text)
    text = _GIVEN_ALONE.sub(_no_name, _GIVEN_BEFORE_NUMBER.sub(_no_name, text))
    text = _ACTING_NAME.sub(_surname_only, _CALLED.sub("某某", text))
    text = _SURNAME.sub("某", text)
    for place, name in enumerate(kept):
        text = text.replace(chr(_KEPT_FROM + place), name)
    return text


def without_names(text: str, names: Collection[str], own: Collection[str] = ()) -> str:
    """A whole message without these people's names, unless our own people bear them too; 高兴 stays a mood."""
    told = {name for name in names if len(name) > 1 and name in text and name not in own}
    for name in sorted(told, key=len, reverse=True):
        if len(name) > SHORT_NAME or not _EVERYDAY.match(name):
            text = text.replace(name, f"{name[:1]}＊＊")
    return text


def names_in(text: str) -> frozenset[str]:
    """The whole names that a text tells as names: what is masked once is masked wherever it stands afterwards."""
    plain = _without_doors(without_numbers(_SPACED.sub(_closed_up, _UNSEEN.sub("", text))))
    found = (match for found_by in _FULL_NAMES for match in found_by.finditer(plain))
    names = (next(part for part in reversed(match.groups()) if part) for match in found)
    return frozenset(name for name in names if 1 < len(name) <= _WHOLE + 1)


def _without_doors(text: str) -> str:
    return _TOLD_ROOM.sub("**", _DOOR.sub("**", text))


def _surname_only(found: re.Match[str]) -> str:
    *before, name = (part for part in found.groups() if part is not None)
    return "".join(before) + name[0] + "**"


def _no_name(found: re.Match[str]) -> str:
    *before, _ = (part for part in found.groups() if part is not None)
    return "".join(before) + "某某"


def place_for_group(lane_name: str, place_text: str) -> str:
    """Where it is, without the door."""
    return lane_name or for_group(place_text)


def openid_for_log(openid: str) -> str:
    """Enough to follow one person through a log, too little to know who it is."""
    return hashlib.sha256(openid.encode()).hexdigest()[:8] if openid else ""


def pseudonym(text: str, key: bytes) -> str:
    """The same name for the same person in all exports of one desk, and no way back without the key."""
    return hashlib.blake2b(text.encode(), key=key, digest_size=6).hexdigest() if text else ""


# Full-width twins: they read the same and mean nothing to markdown, to tags and to mentions.
_HARMLESS = str.maketrans({c: chr(ord(c) + 0xFEE0) for c in "<>@*_#[]()|~!\\&"} | {"`": "'"})


def markdown_safe(text: str) -> str:
    """Words of people inside a WeCom markdown message: no tag, no mention, no link, no heading, no new line."""
    safe = _UNSEEN.sub("", text).translate(_HARMLESS).replace("://", "\uff1a//")  # a bare address would become a link
    return " ".join(safe.split())


def without_markdown(text: str) -> str:
    """What was written for WeCom, for a chat that shows every sign as it stands."""
    return re.sub(r"</?font[^>]*>|\*\*|^> ?", "", text, flags=re.M)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, one line."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
