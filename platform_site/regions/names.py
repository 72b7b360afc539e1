"""The six by their code, in the language of the page, without a query. Read next: facts.py."""

from platform_site.ui.formats import reads_chinese

from .facts import BY_CODE


def province_name(code: str | None) -> str:
    """The name of one of the six by its GB/T 2260 code; empty for anything else."""
    fact = BY_CODE.get(code or "")
    if fact is None:
        return ""
    return fact.name_zh if reads_chinese() else fact.name_en
