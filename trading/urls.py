"""Addresses of trading. Read next: views/."""

from django.urls import path

from .views import agreements, conversions, endings, enquiries, negotiations, offers, performance

app_name = "trading"
urlpatterns = [
    path("enquiries/new/<str:number>/", enquiries.enquiry_create, name="enquiry_create"),
    path("negotiations/", negotiations.negotiation_list, name="negotiation_list"),
    path("negotiations/<int:pk>/", negotiations.negotiation_detail, name="negotiation_detail"),
    path("negotiations/<int:pk>/send/", negotiations.message_send, name="message_send"),
    path("negotiations/<int:pk>/read/", negotiations.negotiation_read, name="negotiation_read"),
    path("negotiations/<int:pk>/close/", negotiations.negotiation_close, name="negotiation_close"),
    path("negotiations/<int:pk>/reopen/", negotiations.negotiation_reopen, name="negotiation_reopen"),
    path("negotiations/<int:pk>/files/<int:file_pk>/", negotiations.message_file, name="message_file"),
    path("negotiations/<int:pk>/offers/make/", offers.offer_make, name="offer_make"),
    path("offers/<int:pk>/", offers.offer_detail, name="offer_detail"),
    path("offers/<int:pk>/accept/", offers.offer_accept, name="offer_accept"),
    path("offers/<int:pk>/decline/", offers.offer_decline, name="offer_decline"),
    path("offers/<int:pk>/withdraw/", offers.offer_withdraw, name="offer_withdraw"),
    path("agreements/", agreements.agreement_list, name="agreement_list"),
    path("agreements/<int:pk>/", agreements.agreement_detail, name="agreement_detail"),
    path("agreements/<int:pk>/sign/", agreements.agreement_sign, name="agreement_sign"),
    path("agreements/<int:pk>/performance/", performance.agreement_performance, name="agreement_performance"),
    path("agreements/<int:pk>/performance/<int:deed_pk>/", performance.performance_file, name="performance_file"),
    path("agreements/<int:pk>/conversion/", conversions.agreement_report, name="agreement_report"),
    path("agreements/<int:pk>/complete/", endings.agreement_complete, name="agreement_complete"),
    path("agreements/<int:pk>/terminate/", endings.agreement_terminate, name="agreement_terminate"),
    path("agreements/<int:pk>/breach/", endings.agreement_breach, name="agreement_breach"),
    path("milestones/<int:pk>/claim/", performance.milestone_claim, name="milestone_claim"),
    path("milestones/<int:pk>/confirm/", performance.milestone_confirm, name="milestone_confirm"),
    path("milestones/<int:pk>/dispute/", performance.milestone_dispute, name="milestone_dispute"),
    path("milestones/<int:pk>/waive/", performance.milestone_waive, name="milestone_waive"),
    path("statements/<int:pk>/make/", performance.statement_make, name="statement_make"),
    path("statements/<int:pk>/accept/", performance.statement_accept, name="statement_accept"),
    path("statements/<int:pk>/question/", performance.statement_question, name="statement_question"),
    path("endings/<int:pk>/accept/", endings.ending_accept, name="ending_accept"),
    path("endings/<int:pk>/decline/", endings.ending_decline, name="ending_decline"),
    path("endings/<int:pk>/withdraw/", endings.ending_withdraw, name="ending_withdraw"),
    path("endings/<int:pk>/enforce/", endings.ending_enforce, name="ending_enforce"),
]
