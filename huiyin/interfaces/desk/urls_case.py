"""Addresses of the case page, its steps, documents, files and prints (事项页面)."""

from django.urls import path

from huiyin.interfaces.desk import (
    action_views,
    case_views,
    file_views,
    identity_views,
    link_views,
    print_views,
    rendering_views,
)

CASE_URLS = [
    path("cases/<int:case_id>/", case_views.case, name="case"),
    path("cases/<int:case_id>/print/", print_views.case_print, name="case_print"),
    path("cases/<int:case_id>/identity/", identity_views.disclose, name="case_identity"),
    path("cases/<int:case_id>/looks/", case_views.case_looks, name="case_looks"),
    path("cases/<int:case_id>/code/", case_views.case_code, name="case_code"),
    path("cases/<int:case_id>/link/", link_views.link_new, name="case_link_new"),
    path("cases/<int:case_id>/link/<int:link_id>/", link_views.link_remove, name="case_link_remove"),
    path("demands/<int:demand_id>/", action_views.demand, name="demand"),
    path("demands/<int:demand_id>/proposal/", action_views.proposal, name="demand_proposal"),
    path("demands/<int:demand_id>/<slug:slug>/", action_views.demand_step, name="demand_step"),
    path("documents/<int:document_id>/", print_views.document, name="document"),
    path("documents/<int:document_id>/file.docx", rendering_views.document_docx, name="document_docx"),
    path("documents/<int:document_id>/file.pdf", rendering_views.document_pdf, name="document_pdf"),
    path("documents/<int:document_id>/receipt/", print_views.document_receipt, name="document_receipt"),
    path("documents/<int:document_id>/serve/", print_views.document_serve, name="document_serve"),
    path("files/<int:attachment_id>/", file_views.attachment, name="attachment"),
]
