"""The rule of the lights as a table; pure."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from governance import lights
from governance.lights import Facts, light

TODAY = date(2026, 6, 30)


def facts(left, *, done=False, interim=False, waiting=False, duty=True, in_force=True):
    day = TODAY - timedelta(days=3)
    return Facts(
        in_force=in_force, has_duty=duty, due_on=TODAY + timedelta(days=left), done_on=day if done else None,
        reported_on=day if interim else None, waiting_since=day if waiting else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("left", "what", "state", "grounds"),
    [
        (90, {}, "green", "距到期 90 天，尚无通过的佐证。"),
        (31, {}, "green", "距到期 31 天，尚无通过的佐证。"),
        (30, {}, "yellow", "距到期 30 天，尚无通过的佐证。"),
        (30, {"interim": True}, "green", "距到期 30 天，2026-06-27 有核验通过的进展报告。"),
        (30, {"waiting": True}, "yellow", "距到期 30 天，2026-06-27 提交的报告待核验。"),
        (0, {}, "yellow", "今天到期，尚无通过的佐证。"),
        (0, {"interim": True}, "green", "今天到期，2026-06-27 有核验通过的进展报告。"),
        (-1, {"interim": True}, "yellow", "逾期 1 天，2026-06-27 有核验通过的进展报告。"),
        (-12, {}, "yellow", "逾期 12 天，尚无通过的佐证。"),
        (-30, {}, "yellow", "逾期 30 天，尚无通过的佐证。"),
        (-31, {}, "red", "逾期 31 天，尚无通过的佐证。"),
        (-31, {"waiting": True}, "red", "逾期 31 天，2026-06-27 提交的报告待核验。"),
        (-400, {"done": True}, "done", "2026-06-27 核验通过，已销号。"),
        (90, {"done": True}, "done", "2026-06-27 核验通过，已销号。"),
        (-90, {"duty": False}, "grey", "本单位没有分工。"),
        (-90, {"in_force": False}, "grey", "计划尚未施行。"),
        (-90, {"in_force": False, "done": True}, "grey", "计划尚未施行。"),
    ],
)
def test_the_table(left, what, state, grounds):
    known = facts(left, **what)
    shown = light(known, TODAY)
    assert (shown.state, lights.grounds(known, shown)) == (state, grounds)


def test_the_word_under_a_lamp_says_how_late():
    assert lights.word(light(facts(-4), TODAY)) == "逾期 4 天"
    assert lights.word(light(facts(4), TODAY)) == "" == lights.word(light(facts(-4, done=True), TODAY))


def test_what_is_soon_is_open_and_overdue_or_due_within_three_weeks():
    assert [lights.is_soon(light(facts(left), TODAY)) for left in (22, 21, 0, -200)] == [False, True, True, True]
    assert not lights.is_soon(light(facts(-5, done=True), TODAY)) and not lights.is_soon(
        light(facts(5, duty=False), TODAY)
    )


def test_the_printed_rule_names_every_light_in_both_languages():
    assert list(lights.RULE) == list(lights.STATES)
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert all(str(words) for words in lights.RULE.values())
