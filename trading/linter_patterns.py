"""What unlawful and unclear wording looks like, in Chinese (folded: simplified, half-width, lower case) and English.

A rule finds; it does not judge. Each pattern is one half-sentence wide and every gap has a limit, so that no text takes
long. A ban ("不得…") is not found where it forbids the unlawful thing itself ("不得限制改进"); a duty is not found
behind a word that takes it back ("无须购买"). Read next: linter.py.
"""

import re
from dataclasses import dataclass

# ---- pieces

_BAN = r"(?:不得|不可(?!避免|抗力|分割|或缺|撤销|归责)以?|不能|不准|不许|不允许|禁止|严禁|无权)"
_NOT_A_BAN_ON = "限制|禁止|阻碍|阻止|妨碍|要求|规定|干涉|干预|强迫|强制|迫使|拒绝|拒付|披露|泄露|泄漏|透露|公开|因|以此|无偿|违反|违法|免除"
GIVER = r"(?:甲方|许可人|许可方|让与人|转让人|转让方|出让方|权利人|专利权人|技术提供方)"
TAKER = r"(?:乙方|被许可人|被许可方|受让人|受让方|需求方|技术接受方|接受方)"
_MUST = r"(?:必须|须|应当|应|需|只能|一并|同时)"
_IMPROVE = r"(?:改进|改良|二次开发|再开发|后续开发|后续研发|后续研究|研究开发)(?!以外|之外)"
_RIVAL = r"(?:类似|相似|相竞争|竞争|同类|替代)(?:性|关系)?的?(?:技术|专利|工艺|方案)"
_GOODS = r"(?:设备|原材料|原料|零部件|元件|耗材|产品|软件|人员|其他专利|其他技术)"
_BOUGHT = r"(?:原材料|原料|零部件|元件|耗材|设备|材料)"
_BUY = r"(?:购买|采购|订购|租用|租赁|购入)"


def _ban(target: str, *more_stops: str, gap: int = 16) -> str:
    """A word that forbids, then the target in the same half-sentence, and nothing between that turns it round."""
    stops = "|".join((_NOT_A_BAN_ON, *more_stops))
    return rf"{_BAN}(?:(?!{stops})[^,。]){{0,{gap}}}?(?:{target})"


_BAN_EN = (
    r"(?:(?:shall|may|must|will|can|should) not|cannot|is not (?:allowed|permitted|entitled) to|(?:is|are) prohibited from"
    r"|has no right to|shall refrain from)"
)
_NOT_A_BAN_ON_EN = "restrict|prevent|prohibit|hinder|limit|require|be required|be obliged|be restricted|be prevented|disclose|refuse|oblige"
_GIVER_EN = r"(?:the )?(?:licensor|assignor|owner|patentee|party a)"


def _ban_en(target: str, gap: int = 6) -> str:
    return rf"\b{_BAN_EN},? (?:(?!{_NOT_A_BAN_ON_EN})[\w'-]+,? ){{0,{gap}}}?(?:{target})"


# What takes a duty or a demand back, right before it.
_TAKEN_BACK = re.compile(
    r"(?:不|无|毋|非|未|勿|不得|不能|不应|无权|没有|不会|不予|免于|可以选择|是否|(?:shall|may|must|will|does|do|is|are|not|never|no)"
    r"(?: \w+){0,2} (?:not|required to|obliged to|no)|not|never|without)[^,。.]{0,10}$"
)
_STARTS_AS_BAN = re.compile(rf"{_BAN}|{_BAN_EN}")


@dataclass(frozen=True)
class Rule:
    """A kind of wording. `finds` are searched in each sentence; where `unless` occurs in it too, the rule is silent.

    `before` holds what must not stand right before a match, besides the words that take it back (`taken_back`).
    """

    code: str
    finds: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None

    def find(self, sentence: str) -> tuple[int, int] | None:
        """Where in the folded sentence the first match lies."""
        if self.unless is not None and self.unless.search(sentence):
            return None
        for pattern in self.finds:
            for match in pattern.finditer(sentence):
                ahead = sentence[: match.start()]
                # A ban is a ban also behind "without consent"; a duty behind "not" is none.
                undone = not _STARTS_AS_BAN.match(match[0]) and _TAKEN_BACK.search(ahead)
                if undone or (self.before is not None and self.before.search(ahead)):
                    continue
                return match.span()
        return None


def _rule(code: str, *finds: str, unless: str = "", before: str = "") -> Rule:
    return Rule(
        code,
        tuple(re.compile(pattern) for pattern in finds),
        re.compile(unless) if unless else None,
        re.compile(rf"(?:{before})$") if before else None,
    )


# ---- Civil Code art. 850 and Interpretation art. 10: what is void, and what is void where it is unreasonable

UNLAWFUL = (
    _rule(
        "improvement_ban",
        _ban(_IMPROVE, rf"(?:使用|实施|利用)(?:对方|另一方|他方|{GIVER}|{TAKER})"),
        rf"限制[^,。]{{0,12}}{_IMPROVE}",
        rf"{_IMPROVE}[^,。]{{0,8}}(?:均|都)?(?:须|应当|应|需|必须)(?:事先|先)?(?:经|取得|征得|获得)[^,。]{{0,12}}(?:同意|批准|许可)",
        rf"(?:同意|批准|许可)后?(?:方可|才能|才可|方能)[^,。]{{0,10}}{_IMPROVE}",
        _ban_en(r"improv(?:e|ing)\b|modify(?:ing)?\b(?! (?:\w+ ){0,3}(?:mark|label|agreement|contract|logo|notice|document))|enhanc(?:e|ing)\b|further develop|(?:make|making) (?:any )?improvements"),
        r"(?:improvements?|modifications?)[^.,]{0,30} (?:requires?|(?:is|are|shall be) subject to)[^.,]{0,30}(?:consent|approval)",
        before=r"(?:使用|实施|利用|受让|转让)[^,。]{0,12}",
    ),
    _rule(
        "grant_back",
        rf"{_IMPROVE}[^。]{{0,30}}?(?:无偿|免费|无条件)[^。]{{0,16}}?(?:归|提供|转让|许可|授予|给予|交付|属|移交|回授|使用)",
        rf"(?:无偿|免费)[^,。]{{0,10}}?(?:取得|获得|使用|享有|受让|拥有|共享|提供)[^,。]{{0,16}}?{_IMPROVE}",
        rf"{_IMPROVE}[^,。]{{0,24}}?(?:归|属于?)于?{GIVER}",
        rf"{_IMPROVE}[^,。]{{0,24}}?(?:独占|排他)性?地?(?:许可|授权|授予)",
        rf"improvements?\b(?! made by {_GIVER_EN})[^.]{{0,80}}?(?:free of charge|royalty-free|without (?:charge|consideration|payment|compensation)|at no (?:cost|charge))",
        rf"improvements?\b(?! made by {_GIVER_EN})[^.]{{0,60}}?(?:belongs? to|vests? in|be owned by|(?:is|are) the property of|be assigned to) {_GIVER_EN}",
        unless=r"归(?:改进方|完成方|完成改进的一方)|相互|互相|互惠|对等|交叉许可|彼此|双方均|有偿|合理(?:的)?(?:对价|价款|费用|价格|报酬)|支付[^,。]{0,8}(?:价款|对价|报酬)"
        r"|另行(?:付费|协商|议价)|mutual|reciproc|cross-licen|each party|both parties|fair (?:price|consideration)|reasonable (?:price|fee|consideration)",
        before=rf"{GIVER}(?:自行|独立|单独)?(?:作出|做出|完成|进行|开发|所作|所做)?的?(?:任何|后续|技术)?"
        rf"|made by {_GIVER_EN} |{_GIVER_EN}'s ",
    ),
    _rule(
        "rival_sources",
        _ban(rf"(?:获得|取得|引进|采用|使用|购买|接受|受让|开发|采购|获取|研发)[^,。]{{0,16}}?{_RIVAL}", gap=18),
        _ban(r"(?:其他来源|其他渠道|第三方处?|他人处?)[^,。]{0,4}(?:获得|取得|引进|受让)[^,。]{0,8}技术"),
        rf"限制[^,。]{{0,10}}(?:获得|取得|采用|引进)[^,。]{{0,16}}?{_RIVAL}",
        rf"(?:只能|仅能|只可|必须只)(?:使用|采用){GIVER}的?(?:专利)?技术",
        _ban_en(
            r"(?:obtain|acquir|us(?:e|ing)|adopt|purchas|licens|develop)\w*[^.]{0,50}?"
            r"(?:competing|similar|alternative|rival|competitive|substitute) (?:technolog|patent|process|solution)"
        ),
        rf"\bshall (?:only|exclusively) use [^.]{{0,10}}technolog(?:y|ies) of {_GIVER_EN}",
    ),
    _rule(
        "limits",
        r"(?:产量|数量|年产|产能)[^,。]{0,8}?(?:不得|不能|不可|不应)(?:超过|高于|多于|大于)",
        rf"{_BAN}(?:生产|制造)[^,。]{{0,8}}?(?:超过|多于)[^,。]{{0,10}}(?:台|件|吨|套|个|辆|只|米)",
        r"(?:销售|出售|转售|零售|产品)[^,。]{0,6}(?:价格|售价|单价|定价|价)[^,。]{0,6}?(?:不得|不能|不应)(?:低于|高于|少于)",
        rf"(?:销售|出售|转售|零售|产品)的?(?:价格|售价|定价|价)[^,。]{{0,6}}(?:须|应|由)经?{GIVER}[^,。]{{0,6}}(?:确定|规定|核准|批准|同意|指定|决定)",
        rf"按照?{GIVER}[^,。]{{0,6}}(?:规定|确定|指定)的(?:价格|售价)",
        r"(?:只能|仅能|必须|只可|仅限)(?:通过|经)[^,。]{0,14}(?:销售|出售|经销)",
        rf"(?:销售渠道|经销商|代理商)[^,。]{{0,6}}(?:须|应|由)经?{GIVER}[^,。]{{0,6}}(?:指定|同意|批准|确定)",
        _ban(r"出口|外销|销往(?:境外|国外|海外)", "出口管制"),
        r"(?:只能|仅限|仅能)(?:于|在)?(?:国内|境内|中国境内|中国大陆)[^,。]{0,4}(?:销售|出售)",
        r"(?:只能|仅限|仅能|不得)(?:于)?(?:生产|制造)[^,。]{0,14}(?:品种|型号|规格)",
        r"\b(?:shall|may|must) not (?:produce|manufacture|make|sell)[^.]{0,30}? more than",
        _ban_en(r"export\b"),
        r"\b(?:shall|may|must) not (?:be )?(?:sold|sell|resell|resold)[^.]{0,30}? (?:below|for less than|under|above) ",
        rf"(?:resale|selling|sales) prices?[^.]{{0,30}}(?:not be (?:lower|higher|less)|be (?:set|fixed|determined|approved) by {_GIVER_EN})",
        r"\bonly (?:sell|distribute)[^.]{0,30} (?:through|via)\b|\b(?:sell|distribute)[^.]{0,30} only (?:through|via)\b",
        before=r"(?:不合格|缺陷|次品|废品|故障|残次|误差)[^,。]{0,6}",
    ),
    _rule(
        "tying",
        rf"{_MUST}[^,。]{{0,4}}{_BUY}[^,。]{{0,6}}{GIVER}[^,。]{{0,10}}{_GOODS}",
        rf"(?:必须|须|应当|应|需)向{GIVER}[^,。]{{0,6}}{_BUY}[^,。]{{0,10}}{_GOODS}",
        rf"{_MUST}[^,。]{{0,4}}(?:接收|聘用)[^,。]{{0,4}}{GIVER}[^,。]{{0,8}}人员",
        r"(?:接受|接收)[^,。]{0,8}(?:非必需|非必要|附带条件|搭售)",
        rf"\b(?:shall|must|(?:is|are) required to|agrees to) (?:also )?(?:purchase|buy|lease|procure|rent)[^.]{{0,50}}? from {_GIVER_EN}",
        rf"\b(?:shall|must) (?:employ|accept|hire)[^.]{{0,30}}(?:personnel|staff)[^.]{{0,20}} (?:of|from|named by) {_GIVER_EN}",
    ),
    _rule(
        "suppliers",
        r"(?:只能|仅能|必须|只可|须)(?:从|向|由|使用|采用)[^,。]{0,14}(?:指定|认可)的?[^,。]{0,8}(?:供应商|厂家|厂商|渠道|来源|企业)",
        _ban(rf"(?:从|向)[^,。]{{0,10}}(?:其他|第三方|他人|别的)[^,。]{{0,8}}{_BUY}"),
        rf"(?:只能|仅能|只可)向{GIVER}[^,。]{{0,6}}{_BUY}",
        rf"{_BOUGHT}[^,。]{{0,10}}(?:须|应|必须|只能)[^,。]{{0,6}}(?:从|向|由)[^,。]{{0,10}}(?:{GIVER}|指定)[^,。]{{0,10}}(?:{_BUY}|供应)",
        r"\b(?:only|solely|exclusively)[^.]{0,30} from [^.]{0,30}(?:suppliers?|vendors?|sources?)[^.]{0,10} (?:designated|approved|named|nominated)",
        _ban_en(r"(?:purchas|buy|sourc|procur)\w*[^.]{0,40} from (?:any )?(?:other|third|another|elsewhere)"),
    ),
    _rule(
        "no_challenge",
        _ban(r"(?:提出|请求|申请|主张|发起|提起)(?:(?!合同|条款|协议|使用费)[^,。]){0,20}?(?:无效|异议)", "由此"),
        _ban(r"(?:质疑|否认|争议|挑战)[^,。]{0,14}?(?:专利|有效性|效力|知识产权)"),
        _ban(r"对[^,。]{0,16}?有效性[^,。]{0,6}(?:异议|质疑|争议)"),
        rf"{TAKER}[^,。]{{0,6}}(?:提出|请求|申请|发起|提起)[^,。]{{0,14}}无效[^。]{{0,20}}(?:有权(?:立即)?(?:解除|终止)|自动(?:解除|终止)|违约金|承担违约)",
        _ban_en(r"(?:challeng|contest|disput|question|attack|oppos)\w*[^.]{0,40}(?:validity|patent|intellectual property)"),
        r"\blicensee (?:\w+ ){0,2}(?:challenges|contests|disputes)[^.]{0,40}(?:validity|patent)[^.]{0,60}(?:terminate|penalty|liquidated)",
        unless=r"第三人提出|他人提出|third part(?:y|ies) (?:challenge|contest)",
    ),
)  # fmt: skip

# ---- wording that contradicts the structured terms, or that the law treats in a way of its own

SUBLICENCE = _rule(
    "sublicence_contradiction",
    r"(?:可以|有权|允许|(?<!许)可(?!方|人))[^,。]{0,10}(?:分许可|再许可|转许可|许可(?:给)?(?:第三方|第三人|他人|关联公司))",
    r"\bmay (?:freely )?(?:sublicen[sc]e|grant sub-?licen[sc]es)|\bright to sublicen[sc]e",
    unless=r"未经|不经|事先同意|另行同意|unless|prior (?:written )?consent",
)
EXCLUSIVE = _rule(
    "form_contradiction",
    r"(?<!非)(?:独占|独家|排他|唯一)性?的?(?:许可|实施|使用|授权|被许可)",
    r"(?<!non-)(?<!non)\bexclusive (?:licen[sc]e|right)|\bsole licen[sc]e",
    unless=rf"{_IMPROVE}|改为|转为|变更为|improvement|converted",
)
ORDINARY = _rule(
    "form_contradiction",
    r"普通(?:实施)?许可|非独占|非独家|(?:可以|可|有权)[^,。]{0,6}(?:另行|再|继续)[^,。]{0,4}许可(?:给)?(?:第三方|他人|其他)",
    r"\bnon-?exclusive (?:licen[sc]e|right)|\bordinary licen[sc]e",
    unless=rf"{_IMPROVE}|改为|转为|变更为|improvement|converted|分许可|再许可|sublicen",
)
ARBITRATION_OR_COURT = _rule(
    "arbitration_or_court",
    r"仲裁[^。]{0,20}(?:或者?|也可以?|亦可以?)[^,。]{0,12}(?:诉讼|起诉|法院)",
    r"(?:诉讼|起诉|法院)[^。]{0,12}(?:或者?|也可以?|亦可以?)[^,。]{0,12}仲裁",
    r"\barbitrat\w*[^.]{0,40} or [^.]{0,30}(?:court|litigation)|\b(?:court|litigation)[^.]{0,30} or [^.]{0,30}arbitrat",
    unless=r"申请撤销|执行裁决|enforce",
)
DESIGN_USE = _rule(
    "design_use",
    r"(?:许可|授权|允许|同意)[^,。]{0,12}(?<!制造)使用[^,。]{0,12}(?:外观设计|产品)",
    r"使用(?:该|本)?外观设计(?:专利)?产品",
    r"\b(?:right|licen[sc]e|licen[sc]ed|permitted) to use [^.]{0,20}(?:design|product)",
)
ABROAD = _rule(
    "abroad",
    r"境外|外国|国外|海外|香港|澳门|台湾|外商|外方",
    r"\boverseas\b|\bforeign (?:company|party|person|entity|licensee|assignee)|\bhong kong\b|\bmacau\b|\btaiwan\b|\babroad\b",
    unless=r"出口许可|出口合同登记|export licen[sc]e|出口",
)

# Words that show that a matter has been settled: then its default is not mentioned.
SPOKEN_OF = {
    name: re.compile(pattern)
    for name, pattern in {
        "own_use": rf"{GIVER}[^。]{{0,20}}(?:停止|继续|不再)[^。]{{0,10}}(?:实施|使用|生产)|(?:stop|continue|cease)[^.]{{0,20}}(?:us|exploit|manufactur)",
        "annuities": r"年费|维持专利|专利权?(?:的)?维持|annuit|annual fee|maintenance fee",
        "infringement": r"侵权|侵害|侵犯|infring",
        "improvements": r"改进|improve",
        "cure": r"催告|宽限|逾期[^。]{0,20}(?:解除|终止)|cure period|grace period|days?[^.]{0,20}(?:after|of) (?:written )?notice",
        "audit": r"查阅|查账|审计|核查[^。]{0,6}账|账目|账簿|会计|audit|books|accounting records",
        "confidentiality": r"保密|confidential|non-disclosure",
        "sole": r"(?:自行实施|自己实施|不具备[^。]{0,6}条件)|unable to exploit",
    }.items()
}  # fmt: skip
