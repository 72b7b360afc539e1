"""What the invented buyers look for: four needs for each province, of our own writing. Read next: needs.py.

The companies, their plants and their figures are invented; the problems are those of the trade.
"""

from typing import NamedTuple


class Wanted(NamedTuple):
    title: tuple[str, str]  # Chinese, English; no English where the second is empty
    problem: tuple[str, str]
    effect: tuple[str, str]
    present: str
    keywords: tuple[str, ...]
    ipc: tuple[str, ...]
    forms: tuple[str, ...]
    budget: tuple[int, str]  # 10,000 CNY and basis; 0: to be negotiated
    trl: int | None
    equipment: str


NEEDS: dict[str, tuple[Wanted, ...]] = {
    "140000": (
        Wanted(
            ("寻求大功率 LED 封装支架的低热阻结构", "Low thermal resistance frames for high-power LED packages"),
            (
                "现用支架结温偏高，5 W 以上的灯珠点亮 3000 小时后光衰超过 8%；换用陶瓷基板成本上升近一倍。",
                "Junction temperature is too high in our present frames: LEDs above 5 W lose over 8% of their light in 3,000 hours, and ceramic substrates nearly double the cost.",
            ),
            (
                "热阻不高于 4 K/W，3000 小时光衰不超过 4%，单颗支架成本增加不超过 15%。",
                "At most 4 K/W, light loss at most 4% in 3,000 hours, and no more than 15% added cost a frame.",
            ),
            "已有冲压、电镀和点胶固晶产线两条，可做光衰和热阻测试。",
            ("LED", "支架", "封装", "散热"), ("H01L33/48", "H01L33/64"), ("ordinary", "exclusive"), (30, "yearly"), 6,
            "点胶固晶线",
        ),
        Wanted(
            ("寻求煤矿瓦斯抽采单孔流量的在线计量技术", "Online metering of gas drainage from single boreholes"),
            (
                "抽采钻孔多、负压波动大，含水含尘，孔板流量计堵塞频繁，只能人工巡检估算单孔贡献。",
                "There are many boreholes with unsteady suction, water and dust; orifice meters clog, and the yield of each hole is guessed on patrol.",
            ),
            (
                "量程 0.05～3 m³/min，误差不超过 3%，连续运行 6 个月免拆洗，本质安全型。",
                "Range 0.05 to 3 m³/min, error at most 3%, six months without cleaning, intrinsically safe.",
            ),
            "三个工作面约 400 个钻孔可供试用，井下有环网。",
            ("瓦斯", "抽采", "流量", "测量"), ("G01F1/00", "E21F7/00"), ("ordinary",), (12, "yearly"), 7, "井下工业环网",
        ),
        Wanted(
            ("寻求石墨电极废品的破碎与粒度控制技术", ""),
            ("废电极硬度不均，破碎后细粉比例高达三成，返料只能降级使用。", ""),
            ("0.5～4 mm 的合格粒度不低于 80%，粉尘排放不高于 10 mg/m³，处理能力每小时 3 吨。", ""),
            "现有颚式破碎机和布袋除尘。", ("石墨", "电极", "破碎"), ("B02C",), ("ordinary", "assignment"), (0, "negotiable"), 5,
            "颚式破碎机",
        ),
        Wanted(
            ("寻求矿井水仓不停产清淤技术", "Desilting mine sumps without stopping production"),
            (
                "水仓每半年人工清淤一次，需轮换停用，淤泥含水率高、外运难。",
                "Sumps are desilted by hand every half year, one out of use at a time; the sludge is wet and hard to haul away.",
            ),
            ("清淤时不停泵，出泥含水率不高于 60%，每班不超过 2 人。", "Pumps keep running, sludge at most 60% water, two people a shift."),
            "水仓容量 3000 m³，已有中央泵房和轨道运输。", ("矿井", "水仓", "清淤"), ("C02F9/00", "E21F17/00"), ("ordinary",), (40, "lump"), 6,
            "矿用潜水泵",
        ),
    ),
    "340000": (
        Wanted(
            ("寻求回转支承滚道热处理的变形控制技术", "Controlling distortion in heat treatment of slewing bearing raceways"),
            (
                "直径 2～4 米的回转支承感应淬火后椭圆度达 1.2 毫米，软带附近开裂，校正工时占到三分之一。",
                "Slewing bearings 2 to 4 m across are oval by 1.2 mm after induction hardening and crack near the soft zone; straightening takes a third of the time.",
            ),
            ("椭圆度不超过 0.5 毫米，硬度 55～60 HRC，淬硬层 4～6 毫米，无裂纹。", "Ovality at most 0.5 mm, 55 to 60 HRC, a hardened layer of 4 to 6 mm, no cracks."),
            "有中频淬火机床两台、金相和超声检测条件。", ("热处理", "回转支承", "淬火", "变形"), ("C21D9/00", "C21D1/00"), ("ordinary", "sole"), (60, "lump"), 7,
            "中频淬火机床",
        ),
        Wanted(
            ("寻求食品包装纸的无氟防油防潮涂布技术", "Fluorine-free grease and moisture barriers for food paper"),
            (
                "含氟防油剂出口受限，改用淀粉和乳液后耐油等级不足，热封处易渗。",
                "Exports no longer allow fluorinated agents; starch and emulsions do not hold grease, and seams leak.",
            ),
            ("Kit 值不低于 8，可热封，可回收制浆，涂布量不高于 12 g/m²。", "Kit 8 or better, heat-sealable, repulpable, at most 12 g/m²."),
            "现有幅宽 1.6 米涂布机，车速 300 米/分。", ("涂布", "纸", "包装", "防潮"), ("D21H19/00", "D21H27/00"), ("exclusive", "ordinary"), (80, "lump"), 6,
            "涂布机",
        ),
        Wanted(
            ("寻求丘陵小地块的灌溉覆膜一体机具", ""),
            ("地块小、坡度大，现有机具转弯半径大，滴灌带铺设易跑偏、断带。", ""),
            ("适应 15 度以下坡地，一次完成铺管、覆膜、压土，日作业 20 亩以上。", ""),
            "年产小型农机 3000 台，有样机试制车间。", ("灌溉", "覆膜", "农田"), ("A01G25/09", "A01G13/02"), ("ordinary", "open"), (15, "yearly"), 5,
            "钣金焊接线",
        ),
        Wanted(
            ("寻求多功能沥青喷涂设备的均匀喷洒控制", "Even spraying of bitumen on multi-purpose road machines"),
            ("路面宽度变化时喷洒量波动大，接缝处重叠。", "The rate varies with the width of the road, and seams overlap."),
            ("喷洒量偏差不超过 5%，幅宽 2～6 米无级调节。", "Rate within 5%, width 2 to 6 m without steps."),
            "已有沥青洒布车底盘和加热系统。", ("沥青", "喷涂", "路面"), ("E01C19/17", "E01C19/00"), ("ordinary",), (25, "entry"), None,
            "沥青洒布车",
        ),
    ),
    "360000": (
        Wanted(
            ("寻求低成本液流电池电解液及其制备方法", "Low-cost electrolytes for flow batteries"),
            (
                "全钒电解液占储能系统成本一半，价格波动大；替代体系循环后沉淀，容量衰减快。",
                "Vanadium electrolyte is half the cost of a storage system and its price swings; other systems precipitate and fade.",
            ),
            ("电解液成本低于 800 元/kWh，循环 3000 次容量保持 90% 以上，5～45 ℃ 不析出。", "Under CNY 800 a kWh, 90% capacity after 3,000 cycles, no precipitate from 5 to 45 °C."),
            "有 30 kW 试验电堆和充放电测试柜。", ("液流电池", "电解液", "铁"), ("H01M8/18",), ("exclusive", "ordinary"), (150, "lump"), 5,
            "30 kW 试验电堆",
        ),
        Wanted(
            ("寻求隧道入口照明的自适应调光技术", "Adaptive dimming for tunnel entrances"),
            ("入口段按最不利工况常亮，白天能耗占全隧道六成，司机仍有黑洞感。", "Entrances are lit for the worst case all day: 60% of the tunnel's power, and drivers still meet a black hole."),
            ("亮度随洞外亮度连续调节，入口段节电 40% 以上，符合隧道照明设计细则。", "Dimming with outside light, 40% less power at the entrance, within the design rules."),
            "管养隧道 26 座，可提供两座试验。", ("隧道", "照明", "调节"), ("F21S", "H05B47/00", "H05B37/02"), ("ordinary",), (20, "yearly"), 7, "隧道监控中心",
        ),
        Wanted(
            ("寻求铜箔生箔机阴极辊的在线抛光技术", ""),
            ("阴极辊表面氧化使 6 微米铜箔出现针孔，停机磨辊每次 8 小时。", ""),
            ("不停机抛光，表面粗糙度 Ra 不高于 0.25 微米，磨辊周期延长到 30 天。", ""),
            "6 微米铜箔产线四条。", ("铜箔", "阴极辊", "抛光"), ("C25D1/04", "B24B29/00"), ("exclusive",), (200, "lump"), 6, "生箔机",
        ),
        Wanted(
            ("寻求钢绞线锚固的防松与监测技术", "Anchoring of strands that does not loosen and can be watched"),
            ("体外预应力加固后锚头松动难以发现，人工敲击检查不可靠。", "After strengthening with external tendons loose anchors go unnoticed; tapping is unreliable."),
            ("锚固力损失超过 5% 可自动报警，传感寿命不低于 10 年。", "An alarm when 5% of the force is lost; sensors last ten years."),
            "每年加固桥梁约 40 座。", ("锚固", "钢绞线", "桥梁"), ("E01D19/14", "E01D22/00"), ("ordinary", "sole"), (18, "per_unit"), 6, "张拉设备",
        ),
    ),
    "410000": (
        Wanted(
            ("寻求锂电池极片低露点烘干的节能技术", "Energy-saving low dew point drying for lithium battery electrodes"),
            (
                "极片烘干占电池工厂能耗的三成，烘箱温区不均，边缘含水率偏高。",
                "Drying takes 30% of a cell plant's energy; ovens heat unevenly and edges stay moist.",
            ),
            ("单位能耗降低 25%，极片含水率不高于 300 ppm，温差不超过 ±3 ℃。", "25% less energy, at most 300 ppm water, within ±3 °C."),
            "有真空烘箱 12 台和转轮除湿机组。", ("锂电池", "烘干", "烘箱"), ("F26B9/06", "F26B25/00"), ("ordinary", "sole"), (35, "yearly"), 6,
            "真空烘箱",
        ),
        Wanted(
            ("寻求精梳机顶梳锁紧与废料回收的改造技术", "Better top comb locks and waste recovery for combers"),
            (
                "老型精梳机顶梳松动造成棉结上升，卷头废料靠人工收集。",
                "On our older combers loose top combs raise the neps, and lap ends are collected by hand.",
            ),
            ("棉结降低 20%，换顶梳时间不超过 3 分钟，废料自动回收。", "20% fewer neps, a comb changed in 3 minutes, waste recovered by itself."),
            "在用精梳机 96 台，可停机改造。", ("精梳机", "顶梳", "回收"), ("D01G19/10", "D01G19/06"), ("ordinary", "open"), (8, "lump"), 7, "精梳机",
        ),
        Wanted(
            ("寻求无碳低碳钢包砖的长寿命配方与工艺", "Long-life carbon-free or low-carbon ladle bricks"),
            ("洁净钢比例上升，含碳包衬增碳；现用无碳砖寿命不足 60 炉。", "Clean steel picks up carbon from the lining; our carbon-free bricks last under 60 heats."),
            ("包龄不低于 100 炉，钢水增碳不超过 5 ppm。", "At least 100 heats, at most 5 ppm carbon pick-up."),
            "有 1600 吨压砖机和 1700 ℃ 隧道窑。", ("钢包砖", "低碳", "耐火"), ("C04B35/66",), ("exclusive", "assignment"), (120, "lump"), 7,
            "1600 吨压砖机",
        ),
        Wanted(
            ("寻求继电保护光纤通道的数字接口与监测", ""),
            ("老站改造中不同厂家保护装置接口不一，通道误码难定位。", ""),
            ("兼容主流 2M 接口，切换时间小于 10 毫秒，误码可定位到段。", ""),
            "运维变电站 120 座。", ("继电保护", "光纤", "接口"), ("H02H7/00", "H02H3/00"), ("ordinary",), (0, "negotiable"), None, "继保测试仪",
        ),
    ),
    "420000": (
        Wanted(
            ("寻求涂装废水的达标处理与回用技术", "Treating and reusing paint shop waste water"),
            (
                "磷化改硅烷后废水含氟硅有机物，生化系统不稳定，回用率不足三成。",
                "Since silanes replaced phosphating the water holds organic silicon and fluorine; biology is unstable and under 30% is reused.",
            ),
            ("COD 不高于 50 mg/L，回用率 70% 以上，吨水成本不高于 12 元。", "COD at most 50 mg/L, 70% reused, at most CNY 12 a tonne."),
            "处理站规模 600 m³/天，已有气浮和接触氧化池。", ("涂装", "废水", "回用"), ("C02F9/14", "C02F9/00"), ("ordinary",), (45, "lump"), 7,
            "气浮机",
        ),
        Wanted(
            ("寻求动力电池模组端侧板的激光焊接工艺", "Laser welding of end and side plates of battery modules"),
            (
                "铝合金端侧板焊缝气孔率高，返修率 4%，焊后变形影响装箱。",
                "Porous seams in aluminium plates: 4% rework, and distortion spoils the fit.",
            ),
            ("气孔率不高于 1%，焊缝强度不低于母材 80%，节拍 60 秒。", "At most 1% pores, 80% of the base strength, 60 seconds a module."),
            "有 6 kW 光纤激光器和焊接机器人两台。", ("激光", "焊接", "电池模组", "铝合金"), ("B23K26/21", "B23K26/00"), ("ordinary", "exclusive"), (50, "lump"), 7,
            "6 kW 光纤激光器",
        ),
        Wanted(
            ("寻求环焊缝局部焊后热处理的温度均匀控制", "Even temperature in local post-weld heat treatment of ring seams"),
            ("厚壁管道局部热处理内外壁温差超过 50 ℃，硬度检验反复。", "Inside and outside differ by over 50 °C on thick pipes, and hardness is tested again and again."),
            ("内外壁温差不超过 20 ℃，可在现场安装，记录可追溯。", "Within 20 °C, fitted on site, with a record."),
            "有中频感应加热电源。", ("焊缝", "热处理", "局部"), ("C21D9/50",), ("ordinary",), (20, "yearly"), 6, "中频感应电源",
        ),
        Wanted(
            ("寻求城市轨道的减振隔温轨道结构", ""),
            ("上盖物业振动投诉多，浮置板造价高、养护难。", ""),
            ("减振 10 dB 以上，造价不高于浮置板的 60%，可在天窗点内更换。", ""),
            "在建线路 32 公里，可设 200 米试验段。", ("轨道", "减振", "无砟"), ("E01B1/00", "E01B19/00"), ("ordinary", "sole"), (0, "negotiable"), 5, "试验段",
        ),
    ),
    "430000": (
        Wanted(
            ("寻求老旧小区小型立体停车库的传动与横移技术", "Drives and side travel for small parking lifts in old quarters"),
            (
                "场地进深不足 5.5 米，现有升降横移设备噪声高，夜间扰民。",
                "Lots are under 5.5 m deep, and present lift-and-shift machines are too loud at night.",
            ),
            ("噪声不高于 50 dB，存取一辆不超过 90 秒，停电可手动取车。", "At most 50 dB, 90 seconds a car, by hand when power fails."),
            "取得特种设备制造许可，有结构件焊接和涂装线。", ("停车", "立体停车库", "横移", "升降"), ("E04H6/18", "E04H6/00"), ("ordinary", "exclusive"), (40, "lump"), 7,
            "结构件焊接线",
        ),
        Wanted(
            ("寻求玻璃罐头瓶的节水循环清洗技术", "Washing glass jars with little, recirculated water"),
            (
                "回收瓶标签胶难去，每瓶耗水 1.2 升，破损率 2%。",
                "Label glue on returned jars is stubborn; each takes 1.2 litres, and 2% break.",
            ),
            ("每瓶耗水不超过 0.4 升，破损率不高于 0.5%，每小时 6000 瓶。", "At most 0.4 litres, 0.5% broken, 6,000 jars an hour."),
            "罐头生产线三条，有蒸汽和软水。", ("罐头瓶", "清洗", "循环"), ("B08B9/30", "B08B9/20"), ("ordinary", "open"), (18, "lump"), 6, "软水设备",
        ),
        Wanted(
            ("寻求大型竖井贯流泵的导叶体水力优化", "Hydraulic design of guide vanes for large shaft tubular pumps"),
            ("低扬程工况效率不足 70%，反向发电振动大。", "Under 70% efficiency at low head, and strong vibration when generating in reverse."),
            ("装置效率不低于 76%，双向运行振动达到 C 级以内。", "At least 76%, vibration within class C both ways."),
            "有水力模型试验台。", ("贯流泵", "导叶", "效率"), ("F04D29/44", "F04D3/00"), ("ordinary",), (65, "lump"), 6, "水力模型试验台",
        ),
        Wanted(
            ("寻求智能 PoE 供电的分级管理与保护", ""),
            ("园区摄像机增至 4000 台，集中供电掉电范围大，无法分级保障。", ""),
            ("端口级功率计量和优先级切换，掉电恢复小于 2 秒。", ""),
            "有自有交换机硬件平台。", ("PoE", "交换机", "供电"), ("H04L12/10", "H04L12/931", "H04L12/00"), ("ordinary", "assignment"), (10, "yearly"), 6, "贴片线",
        ),
    ),
}  # fmt: skip
# What becomes of each, by its place in its province.
FATES: dict[str, tuple[str, ...]] = {
    "140000": ("published", "published", "waiting", "met"),
    "340000": ("published", "published", "draft", "expired"),
    "360000": ("published", "published", "changes", "taken"),
    "410000": ("published", "met", "published", "waiting"),
    "420000": ("published", "published", "withdrawn", "rejected"),
    "430000": ("published", "published", "expired", "draft"),
}
WHY = (
    "我们的专利正好针对这一工况，样机已运行两年，可安排现场参观并提供测试数据。",
    "结构上可以直接用在贵公司的现有设备上，改造停机不超过两天，愿意先试用后付费。",
    "指标与所求相近，其中一项需要结合贵公司工况再试验，可共同制定试验方案。",
)
FIRST_WORDS = "谢谢您的方案。想先了解测试条件和改造停机时间，能否安排一次现场交流？"
REASONS = {
    "changes": "指标中没有写明测试方法和现有水平，难以判断什么技术合用。请补充工况，再写明如何验收。",
    "reject": "与贵单位正在征集的另一项需求内容重复，请合并后重新提交。",
    "withdraw": "项目投资推迟到明年，届时重新征集。",
    "met": "已与六省内一家权利人签订许可合同，感谢各方的方案。",
    "decline": "改造需要停产两周，超出我们的检修窗口，暂不采用。",
}
