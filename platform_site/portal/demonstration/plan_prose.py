"""What the invented work plans say: chapters, tasks of the trade with the years in which they were in use. Read next: plans.py."""

from typing import NamedTuple

Pair = tuple[str, str]  # Chinese, English
NOW = 9999  # still in use

CHAPTERS: tuple[Pair, ...] = (
    ("展示与交易", "Display and trading"),
    ("领导与轮值", "Leading Group and rotation"),
    ("资源共享与扶持政策", "Resource sharing and preferential policies"),
    ("展示交易会", "Display and Trading Expo"),
)
THOUGHT_FIRST = (
    "落实2007年7月5日六省签署的共建协议，由轮值主任组织实施，年内建立平台、领导小组和各项机制，为专利技术在中部地区转化打好基础。",
    "Carry out the agreement that the six provinces signed on 5 July 2007: under the rotating director, set up the platform, "
    "the Leading Group and its mechanisms this year, as the ground for turning patents into products in the central region.",
)
THOUGHT = (
    "坚持共建共享、平等协商，围绕专利技术展示、交易和转化，推进六省资源互通、政策互认、服务互补，全面完成{year}年各项任务。",
    "Building and sharing together, as equals: display, trade and convert patented technology, open resources, policies and "
    "services of the six provinces to each other, and complete the tasks of {year} in full.",
)
SAFEGUARDS = (
    "各牵头单位对任务负总责，按时报告进展；由其他单位核验后销号；领导小组办公室按季通报，逾期的予以催办。",
    "Lead units answer for their tasks and report in time; another unit verifies before a task is closed; the group's office "
    "reports each quarter and sends reminders of what is late.",
)
LEADS = ("总牵头，制定方案并组织实施", "Leads: draws up the scheme and carries it out")
SUPPORTS: tuple[Pair, ...] = (
    ("组织本省单位参加，按月报送数据", "Brings in its own province's units and sends data each month"),
    ("提出意见，落实本省分工", "Gives its opinion and does its own province's part"),
    ("开放本省资源，对接本省政策", "Opens its own resources and matches its own policies"),
    ("组织本省展团和项目", "Brings its delegation and projects"),
)


class Job(NamedTuple):
    """A task: in which chapter, until which month, in the plans of which years."""

    chapter: int  # from 0
    title: Pair
    measures: Pair
    target: Pair
    output: Pair
    month: int
    first: int = 2008
    last: int = NOW
    budget: int | None = None  # CNY 10,000


FIRST: tuple[Job, ...] = (  # the agreement's own eight undertakings
    Job(0, ("建立专利技术展示平台", "Set up the platform for the display of patented technology"),
        ("六省各确定一个承办单位，统一展示项目的格式和审核要求。", "Each province names a unit in charge; one form for exhibits, one set of checks."),
        ("六省均有展示窗口", "A display window in each of the six"), ("平台", "Platform"), 12),
    Job(0, ("建立专利技术交易网络", "Set up the network for the trading of patented technology"),
        ("连通六省技术市场，公布供需信息，统一合同范本。", "Connect the technology markets of the six, publish supply and demand, one model contract."),
        ("六省联网，范本通过", "The six connected, the model adopted"), ("网络、合同范本", "Network, model contract"), 12),
    Job(1, ("组成领导小组并设立办公室", "Form the Leading Group and its office"),
        ("由国家局负责人和六省局长组成，明确席位、联络员和办公室。", "The national office's leader and the six directors; seats, liaison officers and office named."),
        ("七个席位到位", "Seven seats filled"), ("文件", "Document"), 8),
    Job(1, ("实行轮值主任制度", "Begin the system of the rotating director"),
        ("按协议签署顺序逐年轮值，年末办理交接。", "The director rotates each year in the order of signature, with a handover at the year's end."),
        ("完成首次交接准备", "First handover prepared"), ("制度", "Rules"), 11),
    Job(1, ("制定年度工作计划", "Work out the annual work plan"),
        ("由轮值主任主持制定，经领导小组通过后施行。", "Worked out under the rotating director, carried out once the group has adopted it."),
        ("下一年度计划如期通过", "Next year's plan adopted in time"), ("计划", "Plan"), 12),
    Job(2, ("建立资源共享机制", "Set up the resource sharing mechanism"),
        ("清点六省产业化基地、孵化器、展示交易中心，形成名录，互相开放。", "List bases, incubators and trading centres of the six and open them to each other."),
        ("名录收录不少于30家", "At least 30 facilities listed"), ("名录", "Catalogue"), 12),
    Job(2, ("落实异地转化的扶持和优惠政策", "Grant support and preferential policies to conversion in another province"),
        ("对在任一省推广、转化专利技术的，给予与本地同等的支持。", "Whoever disseminates or converts in any of the six is supported like a local."),
        ("六省各出台一项措施", "One measure in each of the six"), ("政策文件", "Policy documents"), 12),
    Job(3, ("筹办首届中部六省专利技术展示交易会", "Prepare the first Display and Trading Expo of the six"),
        ("由轮值省份承办，六省共同主办，各组展团。", "Hosted by the province in turn, sponsored by all six, each with its delegation."),
        ("六省均组团参展", "Delegations of all six"), ("活动", "Event"), 11),
)  # fmt: skip

POOL: tuple[Job, ...] = (
    # ---- display and trading
    Job(0, ("征集优势专利技术项目", "Collect projects of good patented technology"),
        ("各省从高校、院所、企业征集有转化前景的专利，按统一格式编印项目册。", "Each province collects from universities, institutes and firms; one project book in one form."),
        ("每省不少于50项", "At least 50 from each province"), ("项目册", "Project book"), 6, 2008, 2016),
    Job(0, ("完善平台项目审核办法", "Improve the way projects are checked"),
        ("统一核对项目、办理时限和退回理由，实行审核人负责制。", "The same points, time limits and reasons everywhere; the examiner answers for the check."),
        ("审核时限不超过五个工作日", "Checked within five working days"), ("办法", "Rules"), 5),
    Job(0, ("开展专利法律状态定期核查", "Check the legal status of listed patents regularly"),
        ("按季核对在架专利的缴费和权属，失效的及时下架。", "Fees and title of listed patents checked each quarter; what has lapsed is taken down."),
        ("在架专利全部核查", "All listed patents checked"), ("核查通报", "Report"), 9, 2010),
    Job(0, ("组织供需对接活动", "Bring supply and demand together"),
        ("按产业分专题举办对接会，会后逐项跟踪洽谈。", "Meetings by industry, each talk followed up afterwards."),
        ("全年不少于六场", "At least six in the year"), ("活动", "Event"), 10),
    Job(0, ("推广专利许可合同范本", "Spread the model licence contracts"),
        ("修订独占、排他、普通许可合同范本，编写填写说明。", "Revise the models for exclusive, sole and ordinary licences, with guidance."),
        ("范本使用率逐年提高", "More contracts follow the model each year"), ("合同范本", "Model contracts"), 7, 2011),
    Job(0, ("建设平台双语展示页面", "Build bilingual display pages"),
        ("补齐项目英文名称和摘要，方便境外受让方检索。", "Add English titles and summaries so that buyers abroad can search."),
        ("半数以上项目有英文", "English for more than half of the projects"), ("网页", "Web pages"), 11, 2013),
    Job(0, ("实施专利开放许可", "Carry out open licences"),
        ("指导专利权人提交开放许可声明，集中公布许可条件。", "Help patentees to declare open licences and publish the terms in one place."),
        ("每省不少于五件声明", "At least five declarations in each province"), ("声明公告", "Announcements"), 10, 2021),
    # ---- Leading Group and rotation
    Job(1, ("召开领导小组例会", "Hold the regular meeting of the Leading Group"),
        ("由轮值主任召集，审议下年度计划，纪要由出席席位签署。", "Called by the rotating director; adopts next year's plan; minutes signed by the seats present."),
        ("按期召开并形成纪要", "Held in time, with minutes"), ("会议纪要", "Minutes"), 12),
    Job(1, ("办理轮值主任年度交接", "Hand over to the next rotating director"),
        ("整理未结任务、决议和往来文件，双方签署交接书。", "Open tasks, resolutions and papers put in order; both sides sign."),
        ("年末前完成", "Done before the year's end"), ("交接书", "Handover file"), 12),
    Job(1, ("完善联络员工作机制", "Improve the work of the liaison officers"),
        ("更新联络员名单，每季度通报一次任务进展。", "Update the list of liaison officers; progress reported each quarter."),
        ("四次季度通报", "Four quarterly reports"), ("通报", "Reports"), 10),
    Job(1, ("编印工作年报", "Publish the yearly report"),
        ("汇总各省数据和案例，注明数据来源。", "Put together figures and cases of the six, with their sources."),
        ("一季度内印发", "Issued in the first quarter"), ("年报", "Yearly report"), 3, 2012),
    # ---- resources and policies
    Job(2, ("更新共享设施名录", "Update the catalogue of shared facilities"),
        ("核对产业化基地、孵化器、实验室的容量和开放时间，注销停用的。", "Check capacity and opening hours of bases, incubators and laboratories; strike what is closed."),
        ("名录更新率100%", "The whole catalogue updated"), ("名录", "Catalogue"), 6),
    Job(2, ("组织专利权人异地考察", "Organise visits of patentees to other provinces"),
        ("由接待省安排基地和企业，考察费用按规定补助。", "The host province arranges bases and firms; costs are subsidised by the rules."),
        ("每省接待不少于两批", "Each province receives two groups"), ("活动", "Event"), 9),
    Job(2, ("引导项目入驻产业化基地", "Bring projects into the industrialization bases"),
        ("对外省项目同等开放场地，公布入驻条件和余量。", "Space open to projects of other provinces on equal terms; conditions and vacancies published."),
        ("外省入驻项目逐年增加", "More projects from other provinces each year"), ("入驻协议", "Residency agreements"), 11, 2009),
    Job(2, ("编印六省优惠政策汇编", "Publish the collected preferential policies of the six"),
        ("逐条列明条件、额度、期限和经办单位，注明依据。", "Conditions, amounts, periods and offices clause by clause, with their legal basis."),
        ("六省政策全部收录", "All policies of the six included"), ("汇编", "Collection"), 5),
    Job(2, ("清理对外省单位的差别条款", "Remove clauses that treat other provinces' applicants differently"),
        ("对照协议逐条清理，确需保留的说明理由。", "Checked against the agreement clause by clause; what stays is explained."),
        ("完成一轮清理", "One round completed"), ("清理报告", "Report"), 8, 2014),
    Job(2, ("开展专利技术经理人培训", "Train technology managers"),
        ("六省联合办班，统一教材和考核，学员跨省实习。", "One course of the six with one textbook and examination; practice in another province."),
        ("每省不少于20人", "At least 20 from each province"), ("培训班", "Course"), 7, 2015, NOW, 60),
    # ---- the expo
    Job(3, ("举办第{nth}届中部六省专利技术展示交易会", "Hold expo no. {nth} of the six provinces"),
        ("由轮值省份承办，制定总体方案，安排展位、论坛和对接。", "Hosted by the province in turn: overall scheme, booths, forum and matchmaking."),
        ("参展项目不少于300项", "At least 300 exhibits"), ("活动", "Event"), 10, 2008, NOW, 380),
    Job(3, ("组织六省展团", "Bring together the six delegations"),
        ("各省初审参展项目的法律状态，按统一标准布展。", "Each province checks the legal status of its exhibits; one standard for the stands."),
        ("每省不少于40项", "At least 40 exhibits from each province"), ("展团名单", "Delegation lists"), 9),
    Job(3, ("跟踪展会签约意向", "Follow up the intentions signed at the expo"),
        ("对上届展会意向逐项回访十二个月，分档登记结果。", "Each intention of the last expo is followed for twelve months; results kept rung by rung."),
        ("回访率100%", "All followed up"), ("跟踪台账", "Register"), 12, 2009),
    Job(3, ("征集下一届展会主题", "Collect topics for the next expo"),
        ("向六省企业和院所征集，由承办省拟定方案。", "Asked of firms and institutes of the six; the next host drafts the scheme."),
        ("形成建议方案", "A scheme proposed"), ("方案", "Scheme"), 12, 2018),
)  # fmt: skip

CARRIED = (
    "承办单位年内机构调整，工作延后，转入下一年度继续办理。",
    "场地条件未能按期具备，转入下一年度继续办理。",
    "有关配套办法尚在征求意见，转入下一年度继续办理。",
)
DONE_WORDS = (
    "本省承担的分工已经完成，成果材料见附件，请核验。",
    "已按计划要求完成，有关文件已印发各市，请核验。",
    "任务完成，台账和总结见附件，申请销号。",
)
INTERIM_WORDS = ("已完成方案和任务分解，正在组织实施，预计可以按期完成。", "已完成过半，其余部分正在推进，材料见附件。")
RETURNED = "附件只有通知，没有成果材料，请补充名单和照片后重新报告。"
COMMENTS = (
    ("建议把完成时限与本省财政年度衔接。", "accepted", "采纳，时限已按各省意见统一核对。"),
    ("建议增加对外省单位的经费补助。", "declined", "补助标准由各省自行规定，本计划不作统一要求。"),
    ("建议明确数据报送的口径和频次。", "partly", "口径以平台统计为准，频次维持按季。"),
)
RESERVATION = "原则赞成，但对任务时限保留意见，请办公室在执行中酌情调整。"
EXTRA = Job(
    2, ("试行大型仪器跨省预约", "Try out the booking of large instruments across provinces"),
    ("选定一批实验室，统一预约方式和收费标准。", "A number of laboratories chosen; one way of booking, one tariff."),
    ("每省不少于两家实验室", "At least two laboratories in each province"), ("预约办法", "Booking rules"), 12,
)  # fmt: skip
BECAUSE: tuple[Pair, ...] = (
    (
        "各省供需对接需求增加，并增列仪器共享试点。",
        "More demand for matchmaking in the provinces, and a pilot for shared instruments.",
    ),
    ("拟提高入驻项目指标。", "To raise the target for projects in the bases."),
    (
        "下一届展会主题征集范围扩大，时限相应后延。",
        "Topics of the next expo are asked for more widely, so the last day is put off.",
    ),
)
OPEN_COMMENTS = (
    "建议把法律状态核查与年费缴纳提醒合并办理。",
    "这项任务的配合单位分工还不够具体，请补充。",
)
SHARED: tuple[Pair, Pair] = (
    ("关于统一展会参展项目审核标准的决议", "Resolution on one standard for the checking of exhibits"),
    ("六省对参展项目的权属、法律状态和宣传用语按同一标准审核，由承办省汇总，结果互认。",
     "The six check title, legal status and wording of exhibits by one standard; the host collects the results, which all accept."),
)  # fmt: skip
# Beside the plan, every fourth year: (title, text) from 2008.
GENERAL: tuple[tuple[Pair, Pair], ...] = (
    (("关于展会由轮值省份承办的决议", "Resolution that the expo is hosted by the province in turn"),
     ("展会每年一届，由当年轮值省份承办，六省共同主办；场馆和会期由承办省提前半年通报。",
      "One expo a year, hosted by the year's province and sponsored by all six; venue and dates are told half a year ahead.")),
    (("关于参展项目目录互认的决议", "Resolution that the lists of exhibits are accepted by all"),
     ("各省初审通过的参展项目，其他各省不再重复审核。", "What one province has checked for the expo is not checked again by another.")),
    (("关于展会意向跟踪期限的决议", "Resolution on how long intentions of the expo are followed"),
     ("展会签约意向由签约双方所在省共同跟踪十二个月，结果分档登记，不相加。",
      "The provinces of both sides follow an intention for twelve months; results are kept rung by rung and not added up.")),
    (("关于展会采用线上线下结合方式的决议", "Resolution to hold the expo both on site and online"),
     ("自下一届起，参展项目同时在平台展示，现场和线上登记使用同一名单。",
      "From the next expo on exhibits are shown on the platform too; one list serves both.")),
    (("关于展会绿色布展要求的决议", "Resolution on stands that can be used again"),
     ("展台构件重复使用，承办省公布用量，费用由各展团分担。", "Stands are used again; the host publishes how much is used; delegations share the cost.")),
)  # fmt: skip
