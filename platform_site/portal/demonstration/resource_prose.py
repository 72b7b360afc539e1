"""What the demonstration says of its facilities: invented, in both languages; only hosts and places are facts. Read next: resources.py."""

from typing import NamedTuple


class Sort(NamedTuple):
    """One kind of facility: its name's ending, what it offers, what it has (Chinese name, English name, pieces)."""

    kind: str
    ending: tuple[str, str]
    about: tuple[str, str]
    services: tuple[str, str]
    equipment: tuple[tuple[str, str, int], ...]
    permits: tuple[str, ...]
    room: tuple[int, int, int, int]  # visitors at once, places, m², kW
    facts: dict[str, object]


NOTE = (
    "名称和所在地为公开事实；容量、设备、开放时间和联系方式均为演示虚构。",
    "Name and place are public facts; capacity, equipment, hours and contact are invented for the demonstration.",
)
BASE = Sort(
    "base", ("产业化基地", "industrialization base"),
    ("标准厂房成片，水电气齐备，可以分期入驻。", "Standard plants with water, power and gas, taken up in stages."),
    ("厂房租用、公用工程、环评协助、用工对接", "Plants, utilities, help with environmental approval, recruiting"),
    (("冲压与焊接设备", "Presses and welding equipment", 3), ("齿轮加工与动平衡设备", "Gear cutting and balancing equipment", 1)),
    ("排污许可", "安全生产许可"), (20, 6, 3600, 1200), {"industries": "装备制造、新材料", "plants": 8},
)  # fmt: skip
INCUBATOR = Sort(
    "incubator", ("科技企业孵化器", "technology business incubator"),
    ("面向刚从实验室出来的项目，提供工位、打样和融资对接。", "For projects fresh from the laboratory: workstations, prototyping, finance."),
    ("工位、打样、财税与知识产权代办、路演", "Workstations, prototyping, bookkeeping and IP services, pitches"),
    (("三维打印机", "3D printer", 4), ("电路板贴片线", "SMT line", 1), ("激光切割机", "Laser cutter", 2)), (),
    (12, 10, 900, 160), {"level": "国家级", "mentors": 12},
)  # fmt: skip
PILOT = Sort(
    "pilot_line", ("中试基地", "pilot-test base"),
    ("从公斤级到吨级的放大验证，出具中试报告。", "Scale-up from kilograms to tonnes, with a pilot-test report."),
    ("工艺放大、样品试制、检测、技术人员驻场", "Scale-up, sample making, testing, engineers on site"),
    (("搅拌反应釜", "Stirred reactor", 3), ("喷雾干燥机", "Spray dryer", 1), ("离心分离机", "Centrifuge", 2), ("绕线与真空浸漆设备", "Winding and vacuum impregnation equipment", 1)),
    ("危险化学品使用许可", "排污许可"), (8, 4, 1500, 630), {"process": "精细化工、新材料", "throughput": 500},
)  # fmt: skip
LABORATORY = Sort(
    "laboratory", ("开放实验室", "open laboratory"),
    ("大型仪器向六省开放共享，按机时预约。", "Large instruments open to all six provinces, by the hour."),
    ("材料表征、性能测试、失效分析", "Materials characterisation, performance tests, failure analysis"),
    (("扫描电子显微镜", "Scanning electron microscope", 1), ("管板焊接与试压设备", "Tube welding and pressure test equipment", 1), ("万能试验机", "Universal testing machine", 2)),
    ("检验检测机构资质认定（CMA）",), (6, 3, 300, 200), {"accreditation": "CMA", "disciplines": "材料、机械、化工"},
)  # fmt: skip
CENTRE = Sort(
    "centre", ("", ""),
    ("常设专利技术展厅，可以办对接会和小型路演。", "A standing hall for patented technology, for matchmaking and small pitches."),
    ("展示、对接、合同登记咨询、价值评估", "Display, matchmaking, advice on registration, valuation"),
    (("多媒体展台", "Multimedia stand", 24),), (), (60, 0, 0, 0), {"exhibition_area": 2600, "fields": "全领域"},
)  # fmt: skip
EXPERT = Sort(
    "expert", ("产业化专家组（演示）", "industrialization experts (demonstration)"),
    ("工艺、设备和市场三方面的专家，现场看项目、提意见。人员均为虚构。", "Experts on process, equipment and market look at a project on site. All of them are invented."),
    ("现场诊断、工艺路线评议、申报材料指导", "Diagnosis on site, review of the process route, help with applications"),
    (), (), (4, 0, 0, 0), {"field": "成果转化", "title": "正高级工程师"},
)  # fmt: skip
ZONES = (BASE, PILOT, INCUBATOR)
HOURS = (
    "周一至周五 09:00-12:00 13:30-17:30",
    "周一至周五 08:30-11:30 14:00-17:00\n周六 09:00-12:00",
    "周二至周六 09:00-17:00",
)
PURPOSES = (
    "查看中试条件，商谈小批量试制。", "了解设备参数和收费标准。", "为入驻作准备，查看厂房和用电。", "带工艺包来做一次放大验证的方案讨论。",
)  # fmt: skip
PLANS = (
    "把专利样机做成小批量产品，半年内交付首批用户试用。", "完成公斤级到百公斤级放大，取得检测报告。", "建一条示范线，带动本地两家配套企业。",
)  # fmt: skip
MILESTONES = ("完成设备安装调试", "首批样品通过检测", "与首个用户签订供货合同")
REPORTS = ("设备已安装，正在调试温控。", "首批样品送检，等待报告。", "样品合格率达到九成，开始联系用户。")
OUTCOMES = ("首批产品交付用户，在当地设立生产企业。", "达到设计产能，迁入自有厂房。")
REASONS = {
    "declined": "所需防爆条件本处不具备，建议联系省内中试基地。", "queue": "这段时间没有空位，已列入排队。",
    "counter": "当天设备检修，改到后面的时段。", "refused": "这一天有保密项目在线，不便接待。", "exit": "项目方向调整，退回实验室继续研究。",
}  # fmt: skip
