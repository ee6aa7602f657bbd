"""Addresses of the public portal (公众门户网址)."""

from django.urls import path, register_converter

from huiyin.interfaces.portal import filing_views, petitioner_views, proof_views, tracking_views, views
from huiyin.interfaces.portal.filing_steps import FilingStep


class StepConverter:
    """One of the four pages of filing, in an address."""

    regex = "|".join(FilingStep)

    def to_python(self, value: str) -> FilingStep:
        return FilingStep(value)

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(StepConverter, "filing_step")

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("expect/", views.expect, name="expect"),
    path("deadlines/", views.deadlines, name="deadlines"),
    path("agencies/", views.agencies, name="agencies"),
    path("law/", views.law, name="law"),
    path("privacy/", views.privacy, name="privacy"),
    path("file/", filing_views.file_start, name="file"),
    path("file/<uuid:draft_id>/", filing_views.file_resume, name="file_resume"),
    path("file/<uuid:draft_id>/receipt/", filing_views.file_receipt, name="file_receipt"),
    path("file/<uuid:draft_id>/receipt/print/", filing_views.file_receipt_print, name="file_receipt_print"),
    path("file/<uuid:draft_id>/receipt/text/", filing_views.file_receipt_text, name="file_receipt_text"),
    path("file/<uuid:draft_id>/discard/", filing_views.file_discard_ask, name="file_discard"),
    path("file/<uuid:draft_id>/discard/now/", filing_views.file_discard, name="file_discard_do"),
    path("file/<uuid:draft_id>/<filing_step:step>/", filing_views.file_step, name="file_step"),
    path("track/", tracking_views.track, name="track"),
    path("track/leave/", tracking_views.track_leave, name="track_leave"),
    path("track/<str:number>/", tracking_views.track_matter, name="track_matter"),
    path("track/<str:number>/print/", tracking_views.track_print, name="track_print"),
    path(
        "track/<str:number>/documents/<int:document_id>/",
        tracking_views.track_document,
        name="track_document",
    ),
    path("track/<str:number>/files/<int:attachment_id>/", tracking_views.track_file, name="track_file"),
    path("track/<str:number>/supplement/", petitioner_views.track_supplement, name="track_supplement"),
    path(
        "track/<str:number>/withdraw/<int:demand_id>/", petitioner_views.track_withdraw, name="track_withdraw"
    ),
    path("track/<str:number>/rate/<int:demand_id>/", petitioner_views.track_rate, name="track_rate"),
    path("track/<str:number>/receive/<int:demand_id>/", petitioner_views.track_receive, name="track_receive"),
    path("verify/", proof_views.verify, name="verify"),
    path("proof/", proof_views.proof, name="proof"),
]
