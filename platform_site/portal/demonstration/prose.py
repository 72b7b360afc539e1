"""What invented owners say of their technologies: sentences of our own, by IPC section, in both languages. Read next: build.py.

The facts of a patent (title, class, dates) are real; these sentences are not about the real invention and claim no test
that was made. `{n}` is a figure drawn by the demonstration's fixed seed.
"""

from typing import NamedTuple


class Text(NamedTuple):
    problem: tuple[str, str]  # Chinese, English
    solution: tuple[str, str]
    effect: tuple[str, str]
    uses: tuple[str, str]
    equipment: tuple[str, str]
    permit: tuple[str, str]


TEXTS: dict[str, tuple[Text, ...]] = {
    "A": (
        Text(
            (
                "现有产品清洗和更换费时，使用者容易操作出错。",
                "Present products take long to clean and change, and users make mistakes.",
            ),
            (
                "把易损部分做成可抽换的模块，卡扣定位，一步装好。",
                "Wearing parts become a module that clips into place in one step.",
            ),
            (
                "示例数据：更换时间由 {n} 分钟缩短到 3 分钟以内。",
                "Example figure: changing takes under 3 minutes instead of {n}.",
            ),
            ("农业生产、食品加工与日用领域。", "Agriculture, food processing and household use."),
            ("注塑机与装配线", "Injection moulding machine and assembly line"),
            ("食品接触材料检测报告", "Test report for food-contact material"),
        ),
        Text(
            (
                "人工投喂和观察不均匀，耗时且难以记录。",
                "Feeding and watching by hand is uneven, slow and leaves no record.",
            ),
            (
                "用定量机构与传感器闭环控制，按设定曲线自动调整。",
                "A metering unit and sensors in a closed loop follow a set curve.",
            ),
            ("示例数据：用料偏差控制在 {n}% 以内。", "Example figure: dosing deviates by less than {n}%."),
            ("种植、养殖基地与科研试验。", "Farms, breeding stations and field research."),
            ("钣金与电控装配工位", "Sheet-metal and control assembly stations"),
            ("无特殊许可", "No special permit"),
        ),
    ),
    "B": (
        Text(
            ("工件夹持不稳，换型调整时间长。", "Workpieces are not held firmly and changeover takes long."),
            (
                "采用浮动定位与联动夹紧，一次装夹完成多道工序。",
                "Floating location and linked clamping do several steps in one set-up.",
            ),
            ("示例数据：换型时间缩短 {n}%。", "Example figure: changeover is {n}% shorter."),
            ("汽车零部件、工程机械与包装产线。", "Vehicle parts, construction machinery and packaging lines."),
            ("数控加工中心", "CNC machining centre"),
            ("安全生产许可", "Work-safety licence"),
        ),
        Text(
            ("粉尘和残料积聚，需要频繁停机清理。", "Dust and scrap build up and force frequent stops."),
            (
                "在输送段加设负压分离与自动回收装置。",
                "Vacuum separation and automatic recovery are added to the conveyor.",
            ),
            ("示例数据：停机清理次数减少 {n}%。", "Example figure: stops for cleaning fall by {n}%."),
            ("建材、矿石与再生资源分选。", "Sorting of building materials, ore and recyclables."),
            ("焊接与钣金车间", "Welding and sheet-metal shop"),
            ("环境影响登记", "Environmental registration"),
        ),
    ),
    "C": (
        Text(
            (
                "原有工艺能耗高，副产物难以利用。",
                "The usual process uses much energy and leaves by-products nobody wants.",
            ),
            (
                "降低反应温度并分段加料，副产物返回前端循环。",
                "A lower temperature, staged feeding and by-products returned to the front.",
            ),
            ("示例数据：单位能耗下降 {n}%。", "Example figure: energy per unit falls by {n}%."),
            ("精细化工、冶金与水处理。", "Fine chemicals, metallurgy and water treatment."),
            ("带夹套反应釜与过滤机", "Jacketed reactor and filter press"),
            ("危险化学品安全使用许可", "Permit for hazardous chemicals"),
        ),
        Text(
            ("材料强度与韧性难以兼顾。", "Strength and toughness of the material are hard to have together."),
            (
                "调整配比并控制冷却曲线，得到均匀细化的组织。",
                "Adjusted composition and a controlled cooling curve give an even, fine structure.",
            ),
            ("示例数据：抗弯强度提高 {n}%。", "Example figure: bending strength rises by {n}%."),
            ("建材、涂层与结构件。", "Building materials, coatings and structural parts."),
            ("烧结炉与球磨机", "Sintering furnace and ball mill"),
            ("排污许可", "Discharge permit"),
        ),
    ),
    "D": (
        Text(
            (
                "织物强力与透气性难以兼顾，后整理用水多。",
                "Strength and air permeability conflict, and finishing takes much water.",
            ),
            ("改进纱线结构与低浴比整理工艺。", "A better yarn structure and finishing at a low liquor ratio."),
            ("示例数据：用水减少 {n}%。", "Example figure: {n}% less water."),
            ("产业用纺织品、服装面料与造纸。", "Technical textiles, clothing fabrics and paper."),
            ("剑杆织机与定形机", "Rapier loom and stenter"),
            ("排污许可", "Discharge permit"),
        ),
    ),
    "E": (
        Text(
            ("现场作业工序多，受天气和场地限制。", "Work on site has many steps and depends on weather and space."),
            (
                "构件在工厂预制，现场螺栓连接，分段吊装。",
                "Parts are made in the works and bolted together on site in sections.",
            ),
            ("示例数据：现场工期缩短 {n}%。", "Example figure: site time is {n}% shorter."),
            ("建筑、道路、水利与矿山。", "Building, roads, water works and mines."),
            ("预制构件生产线", "Precast line"),
            ("建筑业企业资质", "Construction qualification"),
        ),
        Text(
            ("锁闭和支护结构易松动，检修不便。", "Locks and supports work loose and are awkward to service."),
            ("采用自锁机构与可视化检查窗。", "A self-locking mechanism with an inspection window."),
            ("示例数据：检修频次降低 {n}%。", "Example figure: {n}% fewer services."),
            ("井下支护、门窗与管廊。", "Mine support, doors and windows, pipe galleries."),
            ("冲压与焊接设备", "Presses and welding equipment"),
            ("矿用产品安全标志", "Mining product safety mark"),
        ),
    ),
    "F": (
        Text(
            ("换热面易结垢，运行一段时间后效率明显下降。", "Heat surfaces foul and efficiency drops after a while."),
            (
                "改变流道截面形成自清洁扰流，并设在线冲洗。",
                "A changed channel section cleans itself and can be rinsed in operation.",
            ),
            (
                "示例数据：连续运行 {n} 天效率下降不超过 2%。",
                "Example figure: after {n} days efficiency is down by 2% at most.",
            ),
            ("供热、制冷、余热回收与阀门。", "Heating, cooling, heat recovery and valves."),
            ("管板焊接与试压设备", "Tube welding and pressure test equipment"),
            ("特种设备制造许可", "Licence for special equipment"),
        ),
        Text(
            ("传动冲击大，噪声高，维护频繁。", "The drive jolts, is loud and needs frequent care."),
            (
                "在传动链中加入缓冲与自动补偿间隙的结构。",
                "A buffer and automatic take-up of play are built into the drive.",
            ),
            ("示例数据：噪声降低 {n} 分贝。", "Example figure: {n} dB quieter."),
            ("泵、风机、农机与工程机械。", "Pumps, fans, farm and construction machines."),
            ("齿轮加工与动平衡设备", "Gear cutting and balancing equipment"),
            ("无特殊许可", "No special permit"),
        ),
    ),
    "G": (
        Text(
            ("现场干扰大，人工读数误差高。", "Interference is strong and manual readings are inaccurate."),
            (
                "多传感器融合并自动校准，结果实时上传。",
                "Several sensors are fused and calibrated automatically; results are sent at once.",
            ),
            ("示例数据：测量误差小于 {n}‰。", "Example figure: error under {n} per mille."),
            ("检测仪表、工业控制与数据处理。", "Instruments, industrial control and data processing."),
            ("贴片与标定工位", "SMT line and calibration stations"),
            ("计量器具型式批准", "Pattern approval for measuring instruments"),
        ),
        Text(
            ("数据量大，检索和判断依赖人工经验。", "There is much data and judging it depends on experience."),
            (
                "先分层筛选再精细比对，规则可以配置。",
                "Layered screening first, then close comparison by rules that can be set.",
            ),
            ("示例数据：处理时间缩短 {n}%。", "Example figure: {n}% faster."),
            ("信息系统、教学与安防。", "Information systems, teaching and security."),
            ("服务器与网络环境", "Servers and network"),
            ("网络安全等级保护备案", "Cybersecurity grading record"),
        ),
    ),
    "H": (
        Text(
            ("连接处发热，长期运行接触不良。", "Joints heat up and contact fails over time."),
            (
                "加大接触面并以弹性件补偿，表面镀层防腐。",
                "A larger contact face, spring compensation and a protective plating.",
            ),
            ("示例数据：温升降低 {n} K。", "Example figure: {n} K cooler."),
            ("输配电与储能设备。", "Power distribution and storage."),
            ("绕线与真空浸漆设备", "Winding and vacuum impregnation equipment"),
            ("强制性产品认证", "Compulsory product certification"),
        ),
        Text(
            ("信号在复杂环境下易受干扰。", "Signals suffer in difficult surroundings."),
            ("优化天线与滤波结构，软件自适应调整。", "Better antenna and filters with adaptive software."),
            ("示例数据：误码率降低 {n}%。", "Example figure: {n}% lower error rate."),
            ("通信、电力载波与物联网终端。", "Communications, power-line carrier and connected devices."),
            ("射频测试与贴片线", "RF test and SMT line"),
            ("无线电发射设备型号核准", "Radio type approval"),
        ),
    ),
    "": (
        Text(
            ("同类产品外观雷同，难以识别，握持不便。", "Similar products look alike and are awkward to hold."),
            (
                "外形线条与功能分区一致，正面留出标识位置。",
                "Lines follow function and leave room for a mark on the front.",
            ),
            (
                "示例数据：试用问卷 {n}% 的人认为更易辨认。",
                "Example figure: {n}% of a trial group found it easier to recognise.",
            ),
            ("日用、包装与电子产品。", "Household goods, packaging and electronics."),
            ("注塑或冲压模具", "Moulds or press tools"),
            ("无特殊许可", "No special permit"),
        ),
    ),
}
SUPPORT = (
    ("提供全套图纸，派工程师现场指导两周。", "Full drawings and an engineer on site for two weeks."),
    ("提供样机与培训，可先试用后付费。", "A sample machine and training; trial first, payment later."),
    ("提供工艺文件与远程技术支持。", "Process documents and remote support."),
)
REASONS = {
    "changes": "“技术说明”缺少实测条件，请补充试验条件与数据来源。",
    "reject": "所列专利的权利人与提交人不一致，且未提供授权文件。",
    "hand_over": "申请人主要研发地在贵省，转请办理。",
    "suspend": "权利人正在与受让方核对年费，暂停展示。",
    "withdraw": "企业决定自行实施，不再对外许可。",
}
ENQUIRIES = (
    "我公司有现成产线，想了解技术成熟度和所需改造投入，能否先看样机？",
    "请问普通许可按年收费时是否包含后续改进？我们计划先在本省两个厂使用。",
    "想了解是否接受入门费加提成的方式，首年产量预计三千台。",
    "We run two plants in the region and would like to see test conditions before talking about terms.",
)
ANSWERS = (
    "谢谢关注。样机在基地，可约时间参观；改造清单我整理后发来。",
    "许可期内的改进可以一并使用，具体写在合同里。请告诉我贵厂的地点。",
    "Thank you. The conditions are in the attached summary; a visit is welcome.",
)
OWNERS = {
    "140000": (
        ("汾河示例装备有限公司", "Fenhe Example Equipment"), ("太行示例能源研究院", "Taihang Example Energy Institute"),
        ("晋阳示例大学", "Jinyang Example University"), ("雁门示例材料有限公司", "Yanmen Example Materials"),
    ),
    "340000": (
        ("江淮示例电器有限公司", "Jianghuai Example Appliances"), ("巢湖示例环保研究所", "Chaohu Example Environment Institute"),
        ("皖江示例大学", "Wanjiang Example University"), ("黄山示例农业科技有限公司", "Huangshan Example Agritech"),
    ),
    "360000": (
        ("赣江示例铜业有限公司", "Ganjiang Example Copper"), ("庐山示例陶瓷研究所", "Lushan Example Ceramics Institute"),
        ("鄱阳示例大学", "Poyang Example University"), ("井冈示例食品有限公司", "Jinggang Example Foods"),
    ),
    "410000": (
        ("中州示例机械有限公司", "Zhongzhou Example Machinery"), ("嵩山示例磨料研究所", "Songshan Example Abrasives Institute"),
        ("洛河示例大学", "Luohe Example University"), ("淮源示例农机有限公司", "Huaiyuan Example Farm Machines"),
    ),
    "420000": (
        ("江城示例光电有限公司", "Jiangcheng Example Optics"), ("荆楚示例水工研究院", "Jingchu Example Hydraulics Institute"),
        ("东湖示例大学", "Donghu Example University"), ("神农示例生物有限公司", "Shennong Example Biotech"),
    ),
    "430000": (
        ("湘水示例轨道装备有限公司", "Xiangshui Example Rail"), ("洞庭示例水稻研究所", "Dongting Example Rice Institute"),
        ("岳麓示例大学", "Yuelu Example University"), ("衡山示例新材料有限公司", "Hengshan Example Materials"),
    ),
}  # fmt: skip
