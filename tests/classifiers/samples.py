"""Labelled messages, written by hand in the voices of a neighbourhood. Shape: type [urgency or kind] | text."""

from __future__ import annotations

from dataclasses import dataclass

PLAIN = """
repair|俺家水龙头关不严,一直滴水,能给修修不
repair urgent|三号楼二单元水管爆了,水哗哗往楼下流
repair|楼道的灯坏了好几天了,晚上黑灯瞎火
repair urgent|家里没电了,别人家都有
repair urgent|从早上停水到现在,老人做不了饭
repair|暖气片不怎么热,屋里十七八度
repair urgent|厕所堵了往外冒粪水,家里就这一个厕所
repair|单元门锁坏了,关不上
repair|电梯按钮失灵,按了没反应
repair|卫生间墙面渗水发霉了
repair urgent|出门倒垃圾门带上了,忘带钥匙,锁在门外了
repair|下水道堵了
repair|房顶漏雨,一下雨屋里滴答滴答
repair|门禁坏了,刷卡没反应
repair|厨房下水慢,返味
repair|麻烦给看看,俺家灯泡不亮了,俺够不着
repair urgent|暖气停了,屋里冰凉,家里有小孩
dispute|楼上天天半夜蹦跳,吵得睡不着,说了也不听
dispute|隔壁老王家把柴火垛我家墙根,说了不听,还骂人
dispute|邻居盖房占了我家滴水檐,给评评理
dispute|婆媳天天吵架,想请人来调解
dispute|房东不退押金,说不通
dispute|老板拖欠工资三个月不给
dispute|两家为地边的事吵起来了,来个人说和说和
dispute|对门把鞋柜放公共过道占地方,不讲理
dispute|儿子不赡养我,俩兄弟推来推去
dispute urgent|楼下两家吵得不可开交,快要打起来了
dispute|借了我五千块钱不还,人还在咱胡同住
dispute|租户半夜弹琴,跟他说他不承认
dispute|我跟老公闹离婚,他不给抚养费
elder_care|独居的张奶奶没人做饭,能不能送餐
elder_care|俺娘八十多了腿脚不好,想去医院复查没人陪
elder_care|隔壁老大爷一个人住,能不能常去看看
elder_care urgent|老人降压药吃完了,买不到
elder_care|想给瘫痪的老伴申请上门护理洗个澡
elder_care|能上门给老人理个发不
elder_care|我爸眼睛看不见,需要有人扶着下楼晒太阳
elder_care urgent|孩子没人看,我在医院走不开,帮忙照看一下
elder_care|家里老人想要个助浴服务
elder_care urgent|老太太一天没吃饭了,家里没人照顾
environment|垃圾桶满了好几天没人清,臭得不行
environment|楼道堆满杂物走不动道
environment|广场舞音响太大,吵得孩子写不成作业
environment|工地半夜还在施工,吵得睡不着
environment|饭店油烟直往家里飘
environment|流浪狗成群,见人就叫
environment|有人乱扔烟头,满地都是
environment|胡同口的臭水沟熏死人
environment|树枝长到窗户上了,该修剪了
environment|有人烧秸秆,冒黑烟呛得慌
environment|邻居家养鸡,臭烘烘的,苍蝇乱飞
environment|装修垃圾倒在路边没人拉
environment|楼下遛狗不拴绳,狗屎没人捡
environment|雪没人扫,路滑得很
public_facility|胡同里的路灯不亮了
public_facility|路灯一闪一闪的,给换换吧
public_facility urgent|村口井盖没了,可危险了
public_facility|门口路面坑坑洼洼没法走
public_facility|健身器材坏了,单杠松动
public_facility|私家车乱停,堵着胡同口出不去
public_facility|公厕的门坏了关不上
public_facility|公交站牌倒了
public_facility|一下雨胡同里就积水,出不了门
public_facility|停车位被人装了地锁
public_facility|红绿灯坏了,路口乱得很
public_facility|长椅断了,没法坐
public_facility urgent|路上有个大坑,骑车差点摔了
safety|电动车在楼道里充电,太吓人了
safety|消防通道被车堵死了
safety|电线耷拉着,伸手就能够着
safety|楼上往下扔东西,高空抛物
safety urgent|外墙瓷砖脱落,差点砸到人
safety|有陌生人在小区转悠,看着可疑
safety|我妈让卖保健品的骗了三千块
safety|灭火器都过期了没人换
safety|有人私拉电线给电动车充电
safety|车棚电瓶老被偷
safety|老房子墙裂缝越来越大,怕塌
safety|变压器滋滋响,线路老化
safety|一旦发生火灾后果不堪设想,楼道里全是纸箱和电瓶
safety|水坑边没有护栏,怕孩子掉进去
errand|帮我交一下电费,我不会用手机
errand|麻烦谁去镇上能给俺捎袋面
errand|帮忙取个快递,腿脚不便
errand|替我去社区开个证明
errand|养老金认证我不会弄,帮我弄一下
errand|能帮我把煤气罐换了不,搬不动
errand|帮我妈挂个号,明天的
errand|帮我打印一份低保申请表
errand|劳驾帮买点菜送上来
errand|想请人帮着填个医保的表
policy|高龄补贴怎么申请
policy|居住证要带啥材料
policy|新农合今年交多少钱
policy|低保啥条件能办
policy|社区几点上班
policy|孩子上学学区怎么划分的
policy|请问宅基地翻建要走什么手续
policy|公租房还能申请吗
policy|退休金啥时候发
policy|残疾证在哪办
policy|慢性病门诊能报销多少
policy|暖气费怎么交
policy|咨询一下落户政策
policy|老年卡到哪里办理
suggestion|建议社区多搞点老年人活动
suggestion|希望村里把开会通知早点发群里
suggestion|表扬网格员小示,办事真快真负责
suggestion|网格员态度恶劣,打电话从来不接
suggestion|提个意见,办事大厅能不能周末也开
suggestion|村主任办低保优亲厚友,我要举报
suggestion|建议增加志愿服务队
suggestion|你们服务真好,必须点赞
suggestion|社区干部推诿扯皮,不作为
wish|孙子想要一个书包
wish|我想过个生日,好多年没人给过了
wish|谁家有不用的轮椅,借我用用
wish|老两口想拍张全家福
wish|想找人聊聊天,一个人太闷了
wish|微心愿:想要一台收音机听戏
wish|孩子想要几本课外书
wish|冬天冷,盼着能有床厚被子
other|我的猫丢了,黄色的,麻烦大家留意
other|捡到一串钥匙,在门口
other|有件事想求助,能来个人吗
"""

CHAT = """
你好
您好,在吗
谢谢
谢谢你们,辛苦了
收到
好的
嗯嗯
👍👍👍
[微笑]
哈哈哈哈
早上好
祝大家新年快乐,万事如意
晚安
你是谁
你是机器人吗
你会什么
今天天气真好
吃了吗
哦哦知道了
OK
666
没事了,谢谢
发错了,不好意思
好嘞
专业疏通下水道,价格优惠,电话13800000000
低息贷款,无抵押秒批,加微信
新店开业,全场五折优惠,扫码进群领红包
跳楼价大甩卖,清仓处理,只要九块九
招聘保洁,月入五千,日结,联系电话13900000000
帮忙投个票吧,给孩子拉票
帮我砍一刀
笑死我了
热死了这天
我也是晕死
今晚吃火锅去不
火车晚点了
太阳打西边出来了,哈哈
讲个笑话听听
讓大家費心了,謝謝
高价回收旧家电,上门回收,电话13700000000
123
。。。
?
周末愉快
群里炸锅了
"""

EMERGENCY = """
medical|我妈晕倒了,叫不应
medical|老头子倒在地上不动了
medical|快叫救护车,我爸心口疼得厉害
medical|隔壁张奶奶敲门没人应,电话也不接,两天没见人了
medical|俺爹喘不上气,脸都紫了
medical|老伴嘴歪了,话也说不清
medical|孩子抽搐,翻白眼
medical|我媳妇羊水破了,要生了
medical|有人从楼梯上滚下来,头破血流
medical|奶奶吃饭噎住了,脸憋得发青
medical|大爷摔倒起不来了
medical|人没反应了,摸着身上冰凉
medical|俺娘咋喊都不醒
medical|我爸突然半边身子不能动了
medical|孩子误吃了老鼠药
medical|老人躺在地上,流了好多血
medical|爷爷说胸口闷,出冷汗,喘不过气来
medical|门口有个人被车撞了,躺那不动
medical|喝了农药了,快来人
medical|老婆婆昏过去了
fire|着火了着火了,三号楼
fire|楼下电动车烧起来了
fire|厨房油锅着了,快来人
fire|对门家里冒浓烟
fire|柴火垛着了,火苗子窜老高
fire|窗户里往外冒黑烟,有人在里面
fire|插座冒烟烧着窗帘了
fire|隔壁失火了
fire|满屋子烟,看不见了
fire|车棚起火,赶紧救火
fire|麦秸垛着起来了
gas|屋里有煤气味,头晕
gas|一股臭鸡蛋味,越来越浓
gas|燃气管道漏气了,滋滋响
gas|俺家煤气罐漏气,关不住
gas|烧煤炉子,一家人都头晕恶心
gas|施工把燃气管挖断了
gas|楼道里闻着好大的天然气味儿
gas|燃气报警器一直响
gas|俩老人让煤气熏着了
gas|液化气罐呲呲响,一股味
violence|老公又打我了,快来人
violence|楼下有人拿着刀追人
violence|两家打起来了,动家伙了,抄着铁锹
violence|有人砸我家门,说要弄死我
violence|他掐着我脖子,救救我
violence|隔壁男人正在打老婆,喊救命
violence|喝醉酒的拿酒瓶打人
violence|门口有人打架,头都打破了
violence|有人抢我包
violence|儿子打他娘,打得嗷嗷叫
violence|一群人围着他打,往死里打
violence|有人正在撬我家门
self_harm|我不想活了
self_harm|活着没意思,药都准备好了
self_harm|邻居站在楼顶要往下跳
self_harm|老伴说活够了,不想再拖累孩子
self_harm|遗书写好了,对不起大家
self_harm|我真的撑不下去了,想一了百了
self_harm|闺女在屋里割腕了
self_harm|俺不如死了算了
self_harm|他要喝农药,拦不住
self_harm|活着也是受罪,早死早解脱
self_harm|她说来世再见,电话就挂了
self_harm|我爸瘫痪三年了,天天说活着没啥意思,想死
self_harm|有人要跳河
missing|我妈老年痴呆,早上出去到现在没回来
missing|孩子走丢了
missing|孙子在广场上一转眼不见了
missing|俺爹找不着了,他糊涂
missing|闺女放学没回家,电话关机
missing|老人走失,穿蓝衣服
missing|七岁的娃被陌生人带走了
missing|奶奶出门买菜一天了还没回,联系不上
missing|我家老爷子不见了,找了一下午
missing|小孩找不到了,急死了
trapped|电梯里困了三个人
trapped|我被关在电梯里了
trapped|孩子锁车里了
trapped|孩子反锁在屋里,一岁多
trapped|有人掉井里了
trapped|小孩掉进河里了
trapped|房子塌了,里面有人
trapped|孩子头卡在栏杆里了
trapped|老人困在屋里出不来
trapped|有人溺水了
trapped|脚手架倒塌压着人了
trapped|娃掉化粪池里了
trapped|电梯停在半空,里面有老人
electric|有人触电了
electric|我爸被电倒了
electric|高压线掉地上了,还冒火花
electric|电线断了掉在水里
electric|修灯的让电打了,不会动了
electric|孩子摸插座被电着了
electric|路灯杆漏电电着人了
flood|大水进屋了,到膝盖了
flood|雨太大,水往屋里灌
flood|河水漫过来了
flood|院里全是水,淹到床了,外面还在下暴雨
flood|洪水来了,老人还没出来
flood|山洪下来了,路断了
flood|水都进屋了,雨还在下,水位一直涨
flood|积水倒灌进地下室,越来越高
"""

TRAPS = """
上次着火也没人来管
一旦发生火灾后果不堪设想
打了110也没人管
消防通道被占
去年老李家着过火
电动车楼道充电,万一着火了咋办
担心煤气泄漏,想请人检查一下管道
笑死我了
跳楼价,最后三天
晕死,又停电
气死我了,楼上又吵
我妈以前晕倒过,现在想办个家庭医生
社区什么时候搞消防演练
怎么预防煤气中毒
昨天看电影里有人跳楼
猫丢了
我的电动车丢了
快递找不到了
今晚吃火锅
火车票怎么买
老人中风瘫痪三年了,想申请护理补贴
电线裸露容易触电
这路没灯,老人容易摔倒
反家暴讲座在哪听
防溺水宣传做得好
井盖没了,小孩掉进去怎么得了
孩子差点掉河里,修个护栏吧
水管爆了家里淹了
楼上漏水,敲门没人应
饭店烟囱冒黑烟
有人烧垃圾冒烟
累死了
手机没电了,急死了
别打架,好好说
没有着火,是烧饭的烟
老爷子走失已经找到了,谢谢大家
火已经扑灭了,谢谢
我困死了
生意火爆
这天热得嗓子冒烟
想死你们了
烟雾报警器怎么安装
失火那年的旧房子能翻建吗
大火收汁就好了
社区卫生院电话没人接
儿子在外打工一年没回来了
邻居把树砍了
快递员打电话说不清楚
请问家里老人的火灾保险怎么买
梦见着火了
火灾隐患太多,楼道里堆满纸箱
门锁坏了怕小偷进来
找不到社区办公室在哪
楼道太黑,怕摔着
听说隔壁村去年发大水
打疫苗在哪里
"""

SEVERAL = """
environment|还有个事,垃圾没人收了,臭得很
environment|另外楼下垃圾好几天没人收了,臭得很
public_facility|另外井盖坏了,差点摔着人
repair public_facility|灯坏了,还有井盖坏了,差点摔着人
repair|另外,下水道堵了,满院子都是水
dispute|另外楼上吵得很,没法睡
repair|还有楼梯扶手松了,老人差点摔了
environment|还有个事,垃圾没人收了,苍蝇到处飞
environment|另外公厕没人打扫,味儿太大了
repair|再一个,墙皮掉了,砸着人咋办
repair dispute|厨房水管漏了,还有楼下老李家天天半夜吵
public_facility environment|胡同路灯不亮了,另外垃圾也没人清
repair policy|暖气不热,顺便问一下高龄补贴怎么申请
environment safety|1.垃圾桶满了没人收 2.有人在楼道给电动车充电
errand repair|帮我取个快递。对了,我家水龙头坏了
public_facility repair|门口井盖坏了。我家下水道也堵了
repair|漏水,地板都泡了,找人来修
repair|水管漏了,厨房全是水,麻烦赶紧来人
environment|垃圾没人清,臭气熏天,到处是苍蝇
dispute|楼上半夜吵,我睡不着,跟他说他还骂人
public_facility|路灯坏了,黑灯瞎火的,老人不敢出门
repair|我家老人腿脚不好,楼道灯坏了看不见
"""

# Rougher voices: the label is a type, chat, emergency, or calm (dangerous words, no emergency).
ROUGH = """
repair|我家厨房的水龙头拧不紧了
repair|自来水发黄
repair|太阳能不上水
repair|家里跳闸了推不上去
repair|窗户玻璃碎了
repair|墙皮往下掉
repair|化纤厂家属院5号楼电梯老是坏
repair|马桶冲不下去
repair|屋里暖气管有个眼儿往外呲水
repair|俺那屋漏雨哩,床都湿了
dispute|隔壁装修天天叮叮当当,跟他商量他不理
dispute|楼上空调水滴我家窗台,说多少遍不听
dispute|俺跟俺兄弟为分家的事闹得不得劲
dispute|物业乱收费跟他们理论还骂人
dispute|邻居把我家门口路给堵了不让过
dispute|孩子他爸不给抚养费
elder_care|对门聋哑老人没人照应
elder_care|俺婆子眼瞎,没人给送饭
elder_care|残疾人想要人帮忙推轮椅去晒太阳
elder_care|我出差,能不能帮我看看我妈,她一个人在家
elder_care|独居老人几天没下楼了,麻烦去看看
environment|隔壁工地尘土飞扬
environment|巷子里全是狗屎
environment|村口那堆垃圾堆半年了
environment|KTV唱到后半夜
environment|夏天蚊子多,能打药不
environment|有人往河里倒污水
public_facility|村里大喇叭坏了
public_facility|健身的那个蹬腿机断了
public_facility|路口转弯看不见,能装个镜子不
public_facility|大货车老从村里过,路都压坏了
public_facility|胡同里黑得伸手不见五指
public_facility|桥栏杆断了一截
public_facility|停车的地方太少了
safety|电动车电池拿上楼充电
safety|墙要倒了,天天从底下过
safety|楼顶广告牌晃荡
safety|电表箱敞着口,小孩老去摸
safety|有人冒充燃气公司上门收费
safety|有个男的老跟着放学的小姑娘
safety|烟花爆竹乱放
errand|能帮我奶奶取一下养老金不
errand|我腿摔了,谁能帮忙接一下孩子
errand|医保小程序俺弄不成,谁教教俺
errand|家里米没了,帮买一袋送来
errand|帮我把旧沙发搬下楼
policy|二胎有啥补助
policy|我爸80了能领多少钱
policy|办准生证去哪
policy|疫苗哪天打
policy|村里啥时候交合作医疗
policy|老房子能不能加装电梯,怎么个流程
policy|外地户口能办老年卡吗
policy|物业费标准是多少
suggestion|楼下能不能装几个晾衣架,提个建议
suggestion|社区活动太少了,多搞点
suggestion|你们办事效率太低
suggestion|感谢胡同长甲一,下雪天还给俺送药,真是好干部
wish|想学用智能手机,有没有人教
wish|过年想吃顿热乎饺子,一个人不想做
wish|娃想要个篮球
other|我有点事想找社区
repair|家里燃气灶打不着火
repair|网断了,上不了网
chat|哈喽呀
chat|麻烦你们了
chat|今天真热
chat|出售二手电动车,九成新,需要的联系
chat|学区房出租,拎包入住,13600000000
chat|你几岁了
chat|在干嘛呢
chat|明天会下雨吗
chat|祝大家端午安康
chat|刚才发错了
chat|土鸡蛋十块钱一斤,接龙了
emergency|我爱人突然倒地,没呼吸了
emergency|老太太摔了,满头血
emergency|俺爹叫不应了
emergency|爷爷在厕所里滑倒了站不起来
emergency|隔壁好几天没动静了,敲门也不应,屋里有老人
emergency|孩子发烧抽风了
emergency|家里着了
emergency|三楼往外冒烟
emergency|锅烧着了火灭不掉
emergency|煤气没关,满屋子味,人有点晕
emergency|厨房嗤嗤响,像是漏气
emergency|炉子中毒了,爹娘都起不来
emergency|爸爸在打妈妈
emergency|男人拿刀堵门口
emergency|隔壁传来惨叫和砸东西的声音
emergency|不想在这个世上待了
emergency|我想从楼上跳下去
emergency|没意思,走了算了,孩子拜托大家
emergency|活着太痛苦,药吃了一瓶
emergency|她把门反锁了说要割腕
emergency|妈出去买菜三个小时了还没回来,她有痴呆
emergency|孩子丢了
emergency|三岁小孩在超市走散了
emergency|电梯卡住了,里面有俩孩子
emergency|门反锁了,宝宝一个人在里面哭
emergency|车里锁了个小孩
emergency|老头掉沟里爬不上来
emergency|娃的手卡门缝里拔不出来
emergency|电线掉下来了,打着人了
emergency|洗澡时候被电了一下,人倒了
emergency|水漫进屋里了,老人在床上动不了
emergency|发大水了,院墙都冲垮了
emergency|车被淹在涵洞里,人出不来
emergency|屋里进水到膝盖了
calm|怕煤气中毒,想装个报警器
calm|上个月老张摔倒过一次
calm|孩子掉了颗牙
calm|车位被人占了气死我
calm|要是着火了消防车根本进不来
calm|电梯经常坏,有一回还困过人
calm|打麻将吵死人了
calm|想给我妈办个老年痴呆的评残
calm|我女儿不见了一只鞋
calm|菜刀钝了哪里有磨刀的
calm|有人打广告
calm|跳广场舞的太吵
calm|这物业真让人想死
calm|井盖坏了,容易摔着人
calm|前几天着火的那家现在还有焦味
calm|下水道臭鸡蛋一样的味
calm|村里演习消防
calm|快递丢了找不到人
calm|漏水漏得我要疯了
calm|晒被子挂在电线上危险
"""


@dataclass(frozen=True, slots=True)
class Sample:
    text: str
    type: str = ""
    urgency: str = "normal"
    kind: str = ""
    types: tuple[str, ...] = ()


def lines(block: str) -> list[str]:
    return [line for line in block.strip().splitlines() if line.strip()]


def plain() -> list[Sample]:
    pairs = [line.split("|", 1) for line in lines(PLAIN)]
    return [Sample(text, type=label.split()[0], urgency=(*label.split(), "normal")[1]) for label, text in pairs]


def emergencies() -> list[Sample]:
    return [Sample(text, kind=kind) for kind, text in (line.split("|", 1) for line in lines(EMERGENCY))]


def several() -> list[Sample]:
    return [Sample(text, types=tuple(label.split())) for label, text in (line.split("|", 1) for line in lines(SEVERAL))]


def rough() -> list[tuple[str, str]]:
    return [(label, text) for label, text in (line.split("|", 1) for line in lines(ROUGH))]
