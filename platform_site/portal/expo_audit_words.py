"""Wording of the expos' verbs and records in the audit log. A part of audit_words.py."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

EXPO_WORDS: dict[str, str | Promise] = {
    "expos.expo_create": gettext_lazy("筹办展会"),
    "expos.expo_save": gettext_lazy("修改展会"),
    "expos.expo_advance": gettext_lazy("展会进入下一步"),
    "expos.expos_rehost": gettext_lazy("展会改由另一省承办"),
    "expos.venue_create": gettext_lazy("登记场馆"),
    "expos.hall_save": gettext_lazy("登记或修改展厅"),
    "expos.hall_remove": gettext_lazy("删除展厅"),
    "expos.room_save": gettext_lazy("登记或修改会场"),
    "expos.room_remove": gettext_lazy("删除会场"),
    "expos.delegation_save": gettext_lazy("维护展会代表团"),
    "expos.registration_make": gettext_lazy("登记参观展会"),
}
EXPO_TARGETS: dict[str, str | Promise] = {
    "expos.expo": gettext_lazy("展会"),
    "expos.hall": gettext_lazy("展厅"),
    "expos.room": gettext_lazy("会场"),
    "expos.delegation": gettext_lazy("展会代表团"),
    "expos.registration": gettext_lazy("展会登记"),
    "expos.exhibit": gettext_lazy("展品"),
}
