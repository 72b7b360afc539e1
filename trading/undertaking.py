"""The confidentiality undertaking, as data: what a reader of the other side accepts before a confidential file opens.

A new wording gets a new VERSION; the old one stays true for whoever accepted it, by the digest kept with the acceptance.
Sources: Civil Code art. 501 (secrets learnt while a contract is being made), Anti-Unfair Competition Law art. 10 as
revised in 2025 (trade secrets; art. 9 before that revision). Read next: actions/disclosure.py.
"""

import hashlib
from typing import NamedTuple

VERSION = "2026-1"


class Clause(NamedTuple):
    """The same sentence in both languages; the Chinese one decides."""

    zh: str
    en: str


CLAUSES = (
    Clause(
        "本承诺适用于对方在本洽谈室中标明“保密”的附件及其内容（以下称保密资料）。其他留言和附件不适用本承诺，依法应当保密的除外。",
        "This undertaking covers the attachments that the other side has marked confidential in this room, and what they contain (the confidential material). Other messages and attachments are not covered, unless the law protects them.",
    ),
    Clause(
        "我只为评估和洽谈本项技术的转让或许可使用保密资料，不用于其他研究、生产、经营或专利申请。",
        "I use the confidential material only to assess and negotiate an assignment or licence of this technology, and for no other research, production, business or patent application.",
    ),
    Clause(
        "我不向他人披露、转发或公开保密资料。本单位确需了解的人员，由其本人加入洽谈室并接受本承诺后查看；聘请的律师、专利代理师、评估人员负有同等保密义务的，可以在必要范围内知悉，由我对其行为负责。",
        "I do not disclose, forward or publish the confidential material. Colleagues who need it join this room and accept this undertaking themselves. Lawyers, patent attorneys and appraisers who are bound to the same secrecy may learn what they need, and I answer for what they do.",
    ),
    Clause(
        "下列信息不受本承诺限制：披露前已经公开或非因我方过错而公开的；我方此前已合法知悉的；从有权披露的第三方合法取得的；我方独立得出的。",
        "Not restricted is what was public before or becomes public through no fault of ours, what we lawfully knew before, what we lawfully receive from a third party entitled to disclose it, and what we work out independently.",
    ),
    Clause(
        "法律或有权机关要求披露的，我可以在要求的范围内披露；法律允许时，事先通知对方。",
        "Where the law or a competent authority requires disclosure, I may disclose what is required, and tell the other side beforehand where the law allows it.",
    ),
    Clause(
        "平台记录每次打开保密资料的人、文件和时间，双方都能查看；给我看的副本带有我的名称、单位、洽谈室编号和时间的水印，我不去除水印。",
        "The platform records who opened which confidential file and when, and both sides can see it. My copies carry a watermark with my name, my organisation, the number of the room and the time, and I do not remove it.",
    ),
    Clause(
        "洽谈未成的，我停止使用并删除保密资料的副本。保密义务自接受之日起持续五年；其中构成商业秘密的，持续到该秘密依法不再受保护为止。",
        "If the negotiation fails I stop using the confidential material and delete my copies. Secrecy lasts five years from acceptance; for a trade secret it lasts until the law no longer protects it.",
    ),
    Clause(
        "依照《民法典》第五百零一条，无论合同是否成立，都不得泄露或者不正当使用在订立合同过程中知悉的商业秘密和其他应当保密的信息；《反不正当竞争法》（2025 年修订）第十条禁止侵犯商业秘密。违反本承诺造成损失的，依法承担赔偿责任。本承诺不授予任何专利许可或其他权利。",
        "Under article 501 of the Civil Code nobody may disclose or improperly use trade secrets and other confidential information learnt while making a contract, whether or not a contract is made; article 10 of the Anti-Unfair Competition Law (as revised in 2025) forbids infringing trade secrets. Whoever breaks this undertaking and causes loss compensates it under the law. This undertaking grants no patent licence or other right.",
    ),
)


def wording() -> str:
    """Everything that is accepted, letter by letter."""
    numbered = (f"{number}. {clause.zh}\n{clause.en}" for number, clause in enumerate(CLAUSES, 1))
    return "\n".join((VERSION, *numbered))


def digest() -> str:
    """SHA-256 of the wording, hexadecimal."""
    return hashlib.sha256(wording().encode()).hexdigest()
