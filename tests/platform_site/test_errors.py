"""A refusal carries what a person needs to know: why, and what can be done instead. Read next: test_middleware.py."""

import pytest

from platform_site.errors import Busy, Conflict, MoveRefused, NotAllowed, Refusal


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotAllowed("这里不归您管。"), 403),
        (MoveRefused("在架", "草稿"), 409),
        (Conflict("这项专利已在另一技术中。", "请先下架。"), 409),
        (Busy(), 503),
    ],
)
def test_every_refusal_has_a_sentence_and_a_status(error, status):
    assert isinstance(error, Refusal)
    assert error.status == status
    assert str(error.reason).endswith("。")
    assert str(error) == str(error.reason)


def test_a_refused_move_names_both_states_and_says_what_to_do():
    error = MoveRefused("在架", "草稿")
    assert str(error) == "现在是“在架”，不能变为“草稿”。"
    assert "刷新" in str(error.advice)
    assert MoveRefused("在架", "草稿", "请先暂停。").advice == "请先暂停。"


def test_advice_may_be_missing():
    assert NotAllowed("不可以。").advice == ""
