"""Addresses of trading. Read next: views/."""

from django.urls import path

from .views import agreements, enquiries, negotiations, offers, papers, recordals, verification

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
    path("agreements/<int:pk>/paper/", papers.agreement_paper, name="agreement_paper"),
    path("agreements/<int:pk>/recordal-form/", papers.agreement_form, name="agreement_form"),
    path("agreements/<int:pk>/proof/", papers.agreement_proof, name="agreement_proof"),
    path("agreements/<int:pk>/archive/", papers.agreement_archive, name="agreement_archive"),
    path("agreements/review/", recordals.agreement_queue, name="agreement_queue"),
    path("agreements/<int:pk>/file/", recordals.agreement_file, name="agreement_file"),
    path("agreements/<int:pk>/examine/", recordals.agreement_examine, name="agreement_examine"),
    path(
        "agreements/<int:pk>/correction/",
        recordals.agreement_correction_request,
        name="agreement_correction_request",
    ),
    path("agreements/<int:pk>/record/", recordals.agreement_record, name="agreement_record"),
    path("verify/", verification.verify_form, name="verify_form"),
    path("verify/<str:code>/", verification.verify_detail, name="verify_detail"),
]
