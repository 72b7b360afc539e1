"""Two windows at the same moment on one step: one is first, and the other is told."""

import uuid
from functools import partial

import pytest

from patents.actions import drafts, inputs
from patents.actions.editions import Basis, StepMoved
from patents.models import DraftInput
from tests.factories import accounts, patents
from tests.racing import Crew

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
WINDOWS = 8


def test_of_eight_windows_one_is_first():
    shen = accounts.member("shen@example.org", name="沈工", verified=True)
    page = {"listing_id": patents.draft(shen).pk, "actor": shen, "step": "description"}
    with Crew(WINDOWS) as crew:
        for edition in range(4):
            calls = []
            for window in range(WINDOWS):
                basis, title = Basis(edition, str(uuid.uuid4())), f"第 {window} 个窗口"
                keep = partial(inputs.input_keep, part="", typed={"title_zh": [title]}, basis=basis, **page)
                values = {**patents.TEXTS, "title_zh": title}
                save = partial(drafts.version_save, values=values, basis=basis, **page)
                calls.append(save if window % 2 else keep)
            answers = crew.together(*calls)
            assert len([one for one in answers if isinstance(one, StepMoved)]) == WINDOWS - 1, answers
            assert DraftInput.objects.get().edition == edition + 1
