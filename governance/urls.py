"""Addresses of the Leading Group and its plans. Read next: views/."""

from django.urls import path

from .views import plan_comments, plan_editor, plan_outline, plan_steps, plans

app_name = "governance"
urlpatterns = [
    path("plans/", plans.plan_list, name="plan_list"),
    path("plans/new/", plans.plan_create, name="plan_create"),
    path("plans/<int:year>/", plans.plan_detail, name="plan_detail"),
    path("plans/<int:year>/text/", plans.plan_text, name="plan_text"),
    path("plans/<int:year>/changes/", plans.plan_changes, name="plan_changes"),
    path("plans/<int:year>/circulate/", plan_steps.plan_circulate, name="plan_circulate"),
    path("plans/<int:year>/recall/", plan_steps.plan_recall, name="plan_recall"),
    path("plans/<int:year>/table/", plan_steps.plan_table, name="plan_table"),
    path("plans/<int:year>/sign/", plan_steps.plan_sign, name="plan_sign"),
    path("plans/<int:year>/publish/", plan_steps.plan_publish, name="plan_publish"),
    path("plans/<int:year>/amend/", plan_steps.amendment_begin, name="amendment_begin"),
    path("plans/<int:year>/amend/table/", plan_steps.amendment_table, name="amendment_table"),
    path("plans/<int:year>/amend/drop/", plan_steps.amendment_drop, name="amendment_drop"),
    path("plans/<int:year>/comments/new/", plan_comments.comment_make, name="comment_make"),
    path("plans/<int:year>/comments/<int:pk>/answer/", plan_comments.comment_answer, name="comment_answer"),
    path("plans/<int:year>/edit/", plan_editor.plan_edit, name="plan_edit"),
    path("plans/<int:year>/edit/preface/", plan_editor.preface_save, name="preface_save"),
    path("plans/<int:year>/edit/carry/", plan_outline.task_carry, name="task_carry"),
    path("plans/<int:year>/edit/sections/new/", plan_editor.section_create, name="section_create"),
    path("plans/<int:year>/edit/sections/<int:pk>/", plan_editor.section_save, name="section_save"),
    path("plans/<int:year>/edit/sections/<int:pk>/move/", plan_outline.section_move, name="section_move"),
    path("plans/<int:year>/edit/sections/<int:pk>/remove/", plan_outline.section_remove, name="section_remove"),
    path("plans/<int:year>/edit/sections/<int:pk>/tasks/new/", plan_editor.task_create, name="task_create"),
    path("plans/<int:year>/edit/tasks/<int:pk>/", plan_editor.task_save, name="task_save"),
    path("plans/<int:year>/edit/tasks/<int:pk>/move/", plan_outline.task_move, name="task_move"),
    path("plans/<int:year>/edit/tasks/<int:pk>/remove/", plan_outline.task_remove, name="task_remove"),
]
