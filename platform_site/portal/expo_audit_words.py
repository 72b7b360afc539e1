"""Wording of the expos' verbs and records in the audit log. A part of audit_words.py."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

EXPO_WORDS: dict[str, str | Promise] = {
    "expos.expo_create": gettext_lazy("筹办展会"),
    "expos.expo_save": gettext_lazy("修改展会"),
    "expos.expo_advance": gettext_lazy("展会进入下一步"),
    "expos.expo_rehost": gettext_lazy("展会改由另一省承办"),
    "expos.venue_create": gettext_lazy("登记场馆"),
    "expos.hall_save": gettext_lazy("登记或修改展厅"),
    "expos.hall_remove": gettext_lazy("删除展厅"),
    "expos.room_save": gettext_lazy("登记或修改会场"),
    "expos.room_remove": gettext_lazy("删除会场"),
    "expos.delegation_save": gettext_lazy("维护展会代表团"),
    "expos.registration_make": gettext_lazy("登记参观展会"),
    "expos.session_create": gettext_lazy("添加日程"),
    "expos.session_save": gettext_lazy("修改日程"),
    "expos.session_move": gettext_lazy("调整活动的会场或时间"),
    "expos.session_cancel": gettext_lazy("取消活动"),
    "expos.session_restore": gettext_lazy("恢复活动"),
    "expos.session_remove": gettext_lazy("删除活动"),
    "expos.speaker_save": gettext_lazy("登记或修改演讲人"),
    "expos.speaker_remove": gettext_lazy("删除演讲人"),
    "expos.programme_release": gettext_lazy("发布日程"),
    "expos.schedule_import": gettext_lazy("上传日程文件"),
    "expos.schedule_import_write": gettext_lazy("写入日程文件"),
}
EXPO_TARGETS: dict[str, str | Promise] = {
    "expos.expo": gettext_lazy("展会"),
    "expos.hall": gettext_lazy("展厅"),
    "expos.room": gettext_lazy("会场"),
    "expos.delegation": gettext_lazy("展会代表团"),
    "expos.registration": gettext_lazy("展会登记"),
    "expos.exhibit": gettext_lazy("展品"),
    "expos.session": gettext_lazy("日程中的活动"),
    "expos.speaker": gettext_lazy("演讲人"),
    "expos.programmeversion": gettext_lazy("日程版本"),
    "expos.scheduleimport": gettext_lazy("日程文件"),
}
