"""The programme: sessions, speakers, versions, exports. A part of urls.py."""

from django.urls import URLPattern, path

from .views import programme, schedule_imports, sessions

HERE = "<int:year>/programme/"
EDIT = f"{HERE}edit/"
ONE = f"{EDIT}sessions/<uuid:guid>/"

urlpatterns: list[URLPattern] = [
    path(HERE, programme.programme_detail, name="programme_detail"),
    path(f"{HERE}<uuid:guid>/", programme.session_detail, name="session_detail"),
    path(f"{HERE}favourite/", programme.favourite_set, name="favourite_set"),
    path(f"{HERE}changes/<int:number>/", programme.programme_changes, name="programme_changes"),
    path(f"{HERE}door/", programme.programme_door, name="programme_door"),
    path(f"{HERE}screen/", programme.programme_screen, name="programme_screen"),
    path(f"{HERE}speakers/<int:pk>/photo/", programme.speaker_photo, name="speaker_photo"),
    path(EDIT, sessions.programme_edit, name="programme_edit"),
    path(f"{EDIT}release/", sessions.programme_release, name="programme_release"),
    path(f"{EDIT}sessions/new/", sessions.session_create, name="session_create"),
    path(ONE, sessions.session_save, name="session_save"),
    path(f"{ONE}move/", sessions.session_move, name="session_move"),
    path(f"{ONE}cancel/", sessions.session_cancel, name="session_cancel"),
    path(f"{ONE}restore/", sessions.session_restore, name="session_restore"),
    path(f"{ONE}remove/", sessions.session_remove, name="session_remove"),
    path(f"{EDIT}speakers/", sessions.speaker_list, name="speaker_list"),
    path(f"{EDIT}speakers/new/", sessions.speaker_create, name="speaker_create"),
    path(f"{EDIT}speakers/<int:pk>/", sessions.speaker_save, name="speaker_save"),
    path(f"{EDIT}speakers/<int:pk>/remove/", sessions.speaker_remove, name="speaker_remove"),
    path(f"{EDIT}import/", schedule_imports.schedule_import, name="schedule_import"),
    path(f"{EDIT}import/<int:pk>/", schedule_imports.schedule_import_detail, name="schedule_import_detail"),
    path(f"{EDIT}import/<int:pk>/write/", schedule_imports.schedule_import_write, name="schedule_import_write"),
]
