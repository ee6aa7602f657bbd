"""Registration on the desk: every channel, nothing typed is lost, one petition per token."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.casework.cases.models import Case, Demand, Petitioner, Submission
from huiyin.casework.intake.channels import CHANNELS
from huiyin.records.documents.models import Attachment
from huiyin.records.vault.models import Identity

EVIDENCE = {"superior": {"evidence_superior_name": "市信访局", "superior_number": "市信12"}}


def sheet(**changes: object) -> dict[str, object]:
    """A sheet as a browser sends it."""
    return {
        "received_on": "2026-01-14",
        "naming": "named",
        "name": "周桂兰",
        "phone": "13900001234",
        "head_count": "1",
        "text": "我家两亩承包地修路被占，补偿款没有拿到。",
        "token": "desk-test-1",
        "demand-TOTAL_FORMS": "1",
        "demand-INITIAL_FORMS": "0",
        "demand-0-statement": "请求支付补偿款",
        "person-TOTAL_FORMS": "0",
        "person-INITIAL_FORMS": "0",
    } | changes


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("code", [channel.code for channel in CHANNELS if channel.is_for_staff])
def test_every_channel_has_a_form_that_registers(desk, code):
    client = desk("clerk")
    page = client.get(f"/desk/register/{code}/").content.decode()
    channel = next(one for one in CHANNELS if one.code == code)
    for field in channel.evidence:
        assert str(field.label) in page
    answer = client.post(f"/desk/register/{code}/", sheet(**EVIDENCE.get(code, {})))
    assert answer.status_code == 302
    case = Case.objects.get()
    assert case.channel == code
    assert answer.headers["Location"].startswith(f"/desk/cases/{case.pk}/receipt/")


def test_evidence_is_kept_with_the_submission(desk):
    desk("clerk").post(
        "/desk/register/letter/", sheet(evidence_postmark_on="2026-01-10", evidence_sheets="3")
    )
    assert Submission.objects.get().evidence == {"postmark_on": "2026-01-10", "sheets": "3"}


def test_several_demands_and_people_are_registered(desk):
    rows = {
        "demand-TOTAL_FORMS": "3",
        "demand-1-statement": "追究责任",
        "demand-2-statement": "",
        "person-TOTAL_FORMS": "2",
        "person-0-capacity": "representative",
        "person-0-name": "王五",
        "person-1-capacity": "cosigner",
        "person-1-name": "",
        "head_count": "6",
    }
    assert desk("clerk").post("/desk/register/visit/", sheet(**rows)).status_code == 302
    assert [one.statement for one in Demand.objects.order_by("position")] == ["请求支付补偿款", "追究责任"]
    assert [one.capacity for one in Petitioner.objects.all()] == ["representative"]


def test_a_second_click_registers_nothing_more(desk):
    client = desk("clerk")
    first, second = (client.post("/desk/register/visit/", sheet()) for _click in range(2))
    assert Case.objects.count() == 1
    assert first.headers["Location"].split("?")[0] == second.headers["Location"].split("?")[0]


def test_a_refused_sheet_keeps_everything_and_names_every_field(desk):
    answer = desk("clerk").post(
        "/desk/register/visit/",
        sheet(text="", phone="12", place="村东头", **{"demand-0-statement": "", "received_on": "2099-01-01"}),
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert Case.objects.count() == 0
    for words in ("请写明反映的情况", "联系电话不正确", "第1项诉求是空的", "收到日期不能晚于今天"):
        assert words in page
    for typed in ("周桂兰", "村东头", "desk-test-1", 'value="12"'):
        assert typed in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"received_on": "昨天"}, "收到日期"),
        ({"head_count": "零"}, "信访人数"),
        ({"demand-0-content_class": "9999"}, "内容分类"),
        ({"person-TOTAL_FORMS": "1", "person-0-capacity": "agent", "person-0-name": "李律师"}, "授权委托书"),
        ({"naming": "anonymous"}, "匿名反映时不保存姓名"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(desk, changes, words):
    answer = desk("clerk").post("/desk/register/visit/", sheet(**changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Case.objects.count() == 0


@pytest.mark.parametrize("add", ["demand", "person"])
def test_a_row_is_added_without_script_and_without_registering(desk, add):
    answer = desk("clerk").post("/desk/register/visit/", sheet(add=add))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'name="{add}-{1 if add == "demand" else 0}-' in page
    assert "周桂兰" in page
    assert "还没有登记" not in page
    assert Case.objects.count() == 0


def test_good_files_stay_when_one_is_refused(desk):
    client = desk("clerk")
    files = [file("证明.txt", "村委会证明".encode()), file("setup.exe", b"MZ" + b"\0" * 400)]
    refused = client.post("/desk/register/visit/", sheet(files=files))
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "setup.exe" in page
    assert Case.objects.count() == 0
    (kept,) = refused.context["sheet"].uploads.kept
    answer = client.post("/desk/register/visit/", sheet(kept=kept.receipt))
    assert answer.status_code == 302
    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.matter_id, attachment.is_sealed) == (
        "证明.txt",
        Case.objects.get().pk,
        False,
    )


def test_a_kept_file_can_be_dropped(desk):
    client = desk("clerk")
    first = client.post("/desk/register/visit/", sheet(add="demand", files=[file("a.txt", b"abc")]))
    receipt = first.context["sheet"].uploads.kept[0].receipt
    second = client.post("/desk/register/visit/", sheet(kept=receipt, drop=receipt))
    assert second.context["sheet"].uploads.kept == ()
    assert Case.objects.count() == 0


def test_a_forged_receipt_of_a_file_is_ignored(desk):
    assert desk("clerk").post("/desk/register/visit/", sheet(kept="forged:receipt")).status_code == 302
    assert Attachment.objects.count() == 0


def test_files_of_an_accusation_are_sealed(desk, people):
    accused = people.agency_id("natural-resources")
    answer = desk("clerk").post(
        "/desk/register/visit/",
        sheet(
            files=[file("录音说明.txt", "他收了钱".encode())],
            **{"demand-0-branch": "accusation", "demand-0-accused_agency_id": str(accused)},
        ),
    )
    assert answer.status_code == 302
    assert Attachment.objects.get().is_sealed
    assert Demand.objects.get().accused_agency_id == accused


def test_an_anonymous_petition_keeps_no_identity(desk):
    answer = desk("clerk").post("/desk/register/visit/", sheet(naming="anonymous", name="", phone=""))
    assert answer.status_code == 302
    assert Identity.objects.count() == 0


def test_only_registrars_register(desk):
    for name in ("land_handler", "county_supervisor", "auditor"):
        assert desk(name).post("/desk/register/visit/", sheet()).status_code == 403
    assert Case.objects.count() == 0


def test_an_unknown_channel_is_not_found(desk):
    assert desk("clerk").get("/desk/register/smoke/").status_code == 404


def test_a_script_in_a_field_stays_text(desk):
    answer = desk("clerk").post("/desk/register/visit/", sheet(text="", place="<script>alert(1)</script>"))
    assert "<script>alert" not in answer.content.decode()
