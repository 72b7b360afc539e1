"""Addresses of trading. Read next: views/."""

from django.urls import path

from .views import agreements, enquiries, negotiations, offers, open_queue, opens

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
    path("open/", opens.open_list, name="open_list"),
    path("open/queue/", open_queue.open_queue, name="open_queue"),
    path("open/declare/<str:number>/<int:pk>/", opens.open_declare, name="open_declare"),
    path("open/receipts/<int:pk>/", opens.open_receipt, name="open_receipt"),
    path("open/<int:pk>/", opens.open_detail, name="open_detail"),
    path("open/<int:pk>/take/", opens.open_take, name="open_take"),
    path("open/<int:pk>/withdraw/", opens.open_withdraw, name="open_withdraw"),
    path("open/<int:pk>/announce/", open_queue.open_declaration_announce, name="open_declaration_announce"),
    path("open/<int:pk>/return/", open_queue.open_declaration_return, name="open_declaration_return"),
    path("open/<int:pk>/files/<str:entry>/", open_queue.open_file, name="open_file"),
    path("agreements/", agreements.agreement_list, name="agreement_list"),
    path("agreements/<int:pk>/", agreements.agreement_detail, name="agreement_detail"),
    path("agreements/<int:pk>/sign/", agreements.agreement_sign, name="agreement_sign"),
]
