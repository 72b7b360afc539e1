"""Addresses of trading. Read next: views/."""

from django.urls import path

from .views import (
    agreements,
    disclosure,
    enquiries,
    mediation_room,
    mediations,
    negotiations,
    offers,
    parties,
    scenarios,
)

app_name = "trading"
urlpatterns = [
    path("enquiries/new/<str:number>/", enquiries.enquiry_create, name="enquiry_create"),
    path("negotiations/", negotiations.negotiation_list, name="negotiation_list"),
    path("negotiations/<int:pk>/", negotiations.negotiation_detail, name="negotiation_detail"),
    path("negotiations/<int:pk>/send/", negotiations.message_send, name="message_send"),
    path("negotiations/<int:pk>/read/", negotiations.negotiation_read, name="negotiation_read"),
    path("negotiations/<int:pk>/close/", negotiations.negotiation_close, name="negotiation_close"),
    path("negotiations/<int:pk>/reopen/", negotiations.negotiation_reopen, name="negotiation_reopen"),
    path("negotiations/<int:pk>/offers/make/", offers.offer_make, name="offer_make"),
    path("offers/<int:pk>/", offers.offer_detail, name="offer_detail"),
    path("offers/<int:pk>/accept/", offers.offer_accept, name="offer_accept"),
    path("offers/<int:pk>/decline/", offers.offer_decline, name="offer_decline"),
    path("offers/<int:pk>/withdraw/", offers.offer_withdraw, name="offer_withdraw"),
    path("offers/<int:pk>/scenario/", scenarios.offer_scenario, name="offer_scenario"),
    path("agreements/", agreements.agreement_list, name="agreement_list"),
    path("agreements/<int:pk>/", agreements.agreement_detail, name="agreement_detail"),
    path("agreements/<int:pk>/sign/", agreements.agreement_sign, name="agreement_sign"),
    path("negotiations/<int:pk>/files/<int:file_pk>/", disclosure.message_file, name="message_file"),
    path("negotiations/<int:pk>/undertaking/", disclosure.undertaking_accept, name="undertaking_accept"),
    path("negotiations/<int:pk>/log/", disclosure.negotiation_log, name="negotiation_log"),
    path("negotiations/<int:pk>/parties/", parties.party_add, name="party_add"),
    path("negotiations/<int:pk>/parties/<int:party_pk>/remove/", parties.party_remove, name="party_remove"),
    path("negotiations/<int:pk>/mediation/", mediation_room.negotiation_mediation, name="negotiation_mediation"),
    path("negotiations/<int:pk>/mediation/ask/", mediation_room.mediation_ask, name="mediation_ask"),
    path("mediations/<int:pk>/release/", mediation_room.mediation_release, name="mediation_release"),
    path("mediations/<int:pk>/withdraw/", mediation_room.mediation_withdraw, name="mediation_withdraw"),
    path("mediations/", mediations.mediation_list, name="mediation_list"),
    path("mediations/<int:pk>/", mediations.mediation_detail, name="mediation_detail"),
    path("mediations/<int:pk>/accept/", mediations.mediation_accept, name="mediation_accept"),
    path("mediations/<int:pk>/answer/", mediations.mediation_answer, name="mediation_answer"),
    path("mediations/<int:pk>/close/", mediations.mediation_close, name="mediation_close"),
    path("mediations/<int:pk>/decline/", mediations.mediation_decline, name="mediation_decline"),
    path("mediations/<int:pk>/files/<int:file_pk>/", mediations.mediation_file, name="mediation_file"),
]
