"""Territory and field of use as sets of numbers, the same as PostgreSQL compares (migration 0008). Read next: ledger.py.

A code of GB/T 2260 holds what lies below it (a province its cities); so does a prefix of the IPC down to the main group,
and one of GB/T 4754. An empty list is everything. Ranges are half-open.
"""

import re
from collections.abc import Iterable, Sequence

Ranges = tuple[tuple[float, float], ...]

EVERYTHING: Ranges = ((float("-inf"), float("inf")),)
INDUSTRY = "GB/T4754-"
_IPC = re.compile(r"[A-H](?:\d{2}(?:[A-Z](?:\d{1,4}/00)?)?)?")
_INDUSTRY = re.compile(r"GB/T4754-[A-T](?:\d{2,4})?")
# First and last division of each section of GB/T 4754-2017.
_SECTIONS = {
    "A": (1, 5), "B": (6, 12), "C": (13, 43), "D": (44, 46), "E": (47, 50), "F": (51, 52), "G": (53, 60), "H": (61, 62),
    "I": (63, 65), "J": (66, 69), "K": (70, 70), "L": (71, 72), "M": (73, 75), "N": (76, 79), "O": (80, 82), "P": (83, 83),
    "Q": (84, 85), "R": (86, 90), "S": (91, 96), "T": (97, 97),
}  # fmt: skip
# The mainland, where a Chinese patent is in force (GB/T 2260; domain.md 5).
MAINLAND = {
    "110000": ("北京", "Beijing"), "120000": ("天津", "Tianjin"), "130000": ("河北", "Hebei"), "140000": ("山西", "Shanxi"),
    "150000": ("内蒙古", "Inner Mongolia"), "210000": ("辽宁", "Liaoning"), "220000": ("吉林", "Jilin"),
    "230000": ("黑龙江", "Heilongjiang"), "310000": ("上海", "Shanghai"), "320000": ("江苏", "Jiangsu"),
    "330000": ("浙江", "Zhejiang"), "340000": ("安徽", "Anhui"), "350000": ("福建", "Fujian"), "360000": ("江西", "Jiangxi"),
    "370000": ("山东", "Shandong"), "410000": ("河南", "Henan"), "420000": ("湖北", "Hubei"), "430000": ("湖南", "Hunan"),
    "440000": ("广东", "Guangdong"), "450000": ("广西", "Guangxi"), "460000": ("海南", "Hainan"), "500000": ("重庆", "Chongqing"),
    "510000": ("四川", "Sichuan"), "520000": ("贵州", "Guizhou"), "530000": ("云南", "Yunnan"), "540000": ("西藏", "Tibet"),
    "610000": ("陕西", "Shaanxi"), "620000": ("甘肃", "Gansu"), "630000": ("青海", "Qinghai"), "640000": ("宁夏", "Ningxia"),
    "650000": ("新疆", "Xinjiang"),
}  # fmt: skip


def territory(codes: Sequence[str]) -> Ranges:
    """The set of places under the codes; the mainland as a whole for an empty list."""
    return tuple((int(code), int(code) + _places(code)) for code in codes) or EVERYTHING


def _places(code: str) -> int:
    return 10_000 if code.endswith("0000") else 100 if code.endswith("00") else 1


def ipc(prefixes: Sequence[str]) -> Ranges:
    """The set of technical fields; everything for a licence that names none."""
    return tuple(_ipc_range(prefix) for prefix in prefixes if not prefix.startswith(INDUSTRY)) or EVERYTHING


def _ipc_range(symbol: str) -> tuple[int, int]:
    low = (ord(symbol[0]) - 65) * 26_000_000 + int(symbol[1:3] or 0) * 260_000
    low += (ord(symbol[3]) - 65) * 10_000 if len(symbol) > 3 else 0
    low += int(symbol[4:].split("/")[0] or 0)
    return low, low + {1: 26_000_000, 3: 260_000, 4: 10_000}.get(len(symbol), 1)


def industry(prefixes: Sequence[str]) -> Ranges:
    """The set of industries; everything for a licence that names none."""
    return tuple(_industry_range(prefix) for prefix in prefixes if prefix.startswith(INDUSTRY)) or EVERYTHING


def _industry_range(prefix: str) -> tuple[int, int]:
    code = prefix.removeprefix(INDUSTRY)
    if len(code) == 1:
        first, last = _SECTIONS[code]
        return first * 100, (last + 1) * 100
    low = int(code[1:].ljust(4, "0"))
    return low, low + 10 ** (5 - len(code))


def field_is_known(prefixes: Iterable[str]) -> bool:
    """Prefixes of one classification: IPC down to the main group, or GB/T 4754 with its letter."""
    listed = list(prefixes)
    return all(_IPC.fullmatch(one) for one in listed) or all(_INDUSTRY.fullmatch(one) for one in listed)


def overlap(one: Ranges, other: Ranges) -> bool:
    """Whether two sets share anything."""
    return any(low < top and bottom < high for low, high in one for bottom, top in other)


def within(inner: Ranges, outer: Ranges) -> bool:
    """Whether every part of `inner` lies in `outer`. Parts of `outer` that touch count as one."""
    joined: list[list[float]] = []
    for bottom, top in sorted(outer):
        if joined and bottom <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], top)
        else:
            joined.append([bottom, top])
    return all(any(bottom <= low and high <= top for bottom, top in joined) for low, high in inner)
