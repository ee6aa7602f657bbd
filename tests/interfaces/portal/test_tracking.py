"""Following a matter: number and code open it, nothing else; every step, date and right is there."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from huiyin.casework.cases.models import Clock, Submission
from huiyin.casework.cases.refusals import NotLawful, NotThere
from huiyin.casework.intake.contract import DemandDraft
from huiyin.casework.intake.services import Receipt
from huiyin.casework.replies.models import Delivery, Rating
from huiyin.casework.replies.services import petitioners_disclose, reply_receive
from huiyin.law.calendar import local_date
from huiyin.records.documents.models import Attachment, Document
from tests.factories.cases import Walk
from tests.interfaces.portal.conftest import Citizen, a_matter
from tests.people import People

pytestmark = pytest.mark.django_db


def an_issued(people: People, now: datetime) -> tuple[Receipt, Walk]:
    """A matter whose reply is issued and waits to be served."""
    receipt, walk = a_matter(people, now - timedelta(days=20))
    walk.sorted()
    walk.forwarded()
    walk = walk.later(5)
    walk.accepted()
    walk = walk.later(5)
    walk.drafted()
    walk.issued()
    return receipt, walk.later(5)


def page_of(citizen: Citizen, receipt: Receipt, path: str = "") -> str:
    return citizen.client.get(f"/track/{receipt.number}/{path}").content.decode()


@pytest.mark.parametrize(("language", "tag"), [("zh-hans", "zh-CN"), ("en", "en")])
def test_the_pages_open_in_both_languages(citizen: Citizen, now: datetime, language: str, tag: str) -> None:
    receipt, walk = an_issued(citizen.people, now)
    walk.served()
    citizen.client.cookies["django_language"] = language
    citizen.open(receipt)
    for path in ("", "supplement/", f"rate/{walk.demand_id}/", "print/"):
        page = page_of(citizen, receipt, path)
        assert f'<html lang="{tag}"' in page
        assert page.count("<h1") == 1
    assert f'<html lang="{tag}"' in citizen.client.get("/track/").content.decode()


def test_number_and_code_open_the_matter_and_stand_in_no_address(citizen: Citizen, now: datetime) -> None:
    receipt, _walk = a_matter(citizen.people, now)
    answer = citizen.open(receipt)
    assert answer["Location"] == f"/track/{receipt.number}/"
    assert receipt.code not in str(answer.cookies)
    page = page_of(citizen, receipt)
    assert "请求支付征地补偿款" in page
    assert receipt.code not in page


def test_number_and_code_may_be_typed_carelessly(citizen: Citizen, now: datetime) -> None:
    receipt, _walk = a_matter(citizen.people, now)
    typed = {"number": f" {receipt.number.lower()} ", "code": receipt.code.replace("-", " ").lower()}
    assert citizen.client.post("/track/", typed).status_code == 302


def test_an_anonymous_petitioner_follows_the_matter_too(citizen: Citizen, now: datetime) -> None:
    receipt, _walk = a_matter(citizen.people, now, naming="anonymous", name="", phone="")
    citizen.open(receipt)
    assert "您是匿名反映的" in page_of(citizen, receipt)


def test_the_page_shows_steps_holder_limits_and_articles(citizen: Citizen, now: datetime) -> None:
    receipt, walk = a_matter(citizen.people, now - timedelta(days=3))
    walk.sorted()
    walk.forwarded()
    citizen.open(receipt)
    page = page_of(citizen, receipt)
    for words in ("青禾县自然资源", "第二十三条", "这个日期是怎么算的", "分给承办单位", "剩 "):
        assert words in page
    for clock in Clock.objects.filter(demand_id=walk.demand_id, stopped_at=None):
        assert clock.due_on.isoformat() in page


def test_letters_between_offices_are_not_for_the_petitioner(citizen: Citizen, now: datetime) -> None:
    receipt, walk = a_matter(citizen.people, now)
    walk.sorted()
    walk.forwarded()
    citizen.open(receipt)
    letter = Document.objects.get(matter_id=receipt.case_id, kind="forward_letter")
    assert f"/documents/{letter.pk}/" not in page_of(citizen, receipt)
    assert citizen.client.get(f"/track/{receipt.number}/documents/{letter.pk}/").status_code == 404


def test_notices_can_be_read_and_printed(citizen: Citizen, now: datetime) -> None:
    receipt, walk = a_matter(citizen.people, now - timedelta(days=3))
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    citizen.open(receipt)
    notice = Document.objects.get(matter_id=receipt.case_id, kind="acceptance_notice")
    assert notice.number in page_of(citizen, receipt, f"documents/{notice.pk}/")


def test_a_reply_is_read_by_signing_for_it_and_the_thirty_days_run(citizen: Citizen, now: datetime) -> None:
    receipt, walk = an_issued(citizen.people, now)
    opinion = Document.objects.get(matter_id=receipt.case_id, kind="handling_opinion")
    citizen.open(receipt)
    assert "签收并阅读" in page_of(citizen, receipt)
    assert "拨付到户" not in page_of(citizen, receipt)
    unread = citizen.client.get(f"/track/{receipt.number}/documents/{opinion.pk}/")
    assert unread["Location"].endswith(f"/receive/{walk.demand_id}/")
    citizen.client.get(unread["Location"])
    assert not Delivery.objects.exists()
    read = citizen.client.post(unread["Location"], follow=True).content.decode()
    assert "拨付到户" in read
    delivery = Delivery.objects.get()
    assert (delivery.method, delivery.recorded_by) == ("portal", None)
    assert delivery.served_on == local_date(timezone.now())
    assert Clock.objects.filter(demand_id=walk.demand_id, rule="C6", stopped_at=None).count() == 1
    assert "最迟" in page_of(citizen, receipt)


def test_signing_twice_is_one_delivery(citizen: Citizen, now: datetime) -> None:
    receipt, walk = an_issued(citizen.people, now)
    citizen.open(receipt)
    for _round in range(2):
        citizen.client.post(f"/track/{receipt.number}/receive/{walk.demand_id}/")
    assert Delivery.objects.count() == 1
    with pytest.raises(NotLawful):
        reply_receive(case_id=receipt.case_id, demand_id=walk.demand_id, at=now)


def test_a_reply_is_signed_for_only_within_its_own_matter(citizen: Citizen, now: datetime) -> None:
    _receipt, walk = an_issued(citizen.people, now)
    other, _walk = a_matter(citizen.people, now)
    with pytest.raises(NotThere):
        reply_receive(case_id=other.case_id, demand_id=walk.demand_id, at=now)


def test_a_rating_is_given_once_office_and_unit_apart(citizen: Citizen, now: datetime) -> None:
    receipt, walk = an_issued(citizen.people, now)
    walk.served()
    citizen.open(receipt)
    address = f"/track/{receipt.number}/rate/{walk.demand_id}/"
    assert "谁也改不了" in citizen.client.get(address).content.decode()
    assert not Rating.objects.exists()
    given = {"score_unit": "unsatisfied", "score_office": "", "text": "款还没到账"}
    assert citizen.client.post(address, given).status_code == 302
    assert list(Rating.objects.values_list("body", "score")) == [("unit", "unsatisfied")]
    again = citizen.client.post(address, {"score_unit": "satisfied", "score_office": ""})
    assert again.status_code == 409
    assert "不能修改" in again.content.decode()
    assert Rating.objects.get().score == "unsatisfied"


def test_an_empty_rating_is_no_rating(citizen: Citizen, now: datetime) -> None:
    receipt, walk = an_issued(citizen.people, now)
    walk.served()
    citizen.open(receipt)
    answer = citizen.client.post(f"/track/{receipt.number}/rate/{walk.demand_id}/", {"text": "算了"})
    assert answer.status_code == 422
    assert "算了" in answer.content.decode()
    assert not Rating.objects.exists()


def test_rating_before_a_reply_is_refused_with_the_article(citizen: Citizen, now: datetime) -> None:
    receipt, walk = a_matter(citizen.people, now)
    citizen.open(receipt)
    answer = citizen.client.post(
        f"/track/{receipt.number}/rate/{walk.demand_id}/", {"score_unit": "satisfied"}
    )
    assert answer.status_code == 409


def test_a_demand_is_withdrawn_by_its_petitioner_with_a_word_why(citizen: Citizen, now: datetime) -> None:
    receipt, walk = a_matter(citizen.people, now)
    citizen.open(receipt)
    address = f"/track/{receipt.number}/withdraw/{walk.demand_id}/"
    assert citizen.client.post(address, {"reason": ""}).status_code == 422
    assert walk.demand.is_open
    assert citizen.client.post(address, {"reason": "钱已经给了"}).status_code == 302
    assert walk.demand.stage == "withdrawn"
    assert citizen.client.post(address, {"reason": "再来一次"}).status_code == 409


def supplement_form(**values: object) -> dict[str, object]:
    return {"text": "补充一张收据", "token": str(uuid4())} | values


def test_a_supplement_is_kept_word_for_word_and_once(citizen: Citizen, now: datetime) -> None:
    receipt, _walk = a_matter(citizen.people, now)
    citizen.open(receipt)
    form = supplement_form()
    for _round in range(2):
        assert citizen.client.post(f"/track/{receipt.number}/supplement/", form).status_code == 302
    assert Submission.objects.filter(is_supplement=True, text="补充一张收据").count() == 1
    assert "补充一张收据" in page_of(citizen, receipt)


def test_a_refused_file_does_not_lose_the_supplement(citizen: Citizen, now: datetime) -> None:
    receipt, _walk = a_matter(citizen.people, now)
    citizen.open(receipt)
    files = [SimpleUploadedFile("a.txt", "收据".encode()), SimpleUploadedFile("b.exe", b"MZ\x00\x01" * 40)]
    page = citizen.client.post(f"/track/{receipt.number}/supplement/", supplement_form(files=files))
    assert "b.exe" in page.content.decode()
    attachment = Attachment.objects.get()
    got = citizen.client.get(f"/track/{receipt.number}/files/{attachment.pk}/")
    assert b"".join(got).decode() == "收据"
    assert Submission.objects.filter(is_supplement=True).count() == 1


def test_an_empty_supplement_is_refused(citizen: Citizen, now: datetime) -> None:
    receipt, _walk = a_matter(citizen.people, now)
    citizen.open(receipt)
    answer = citizen.client.post(f"/track/{receipt.number}/supplement/", supplement_form(text=""))
    assert answer.status_code == 422


def test_files_of_others_are_not_for_this_petitioner(citizen: Citizen, now: datetime) -> None:
    receipt, _walk = a_matter(citizen.people, now)
    other, _walk = a_matter(citizen.people, now)
    mine = Attachment.objects.create(**an_attachment(receipt.case_id, now), is_from_petitioner=False)
    theirs = Attachment.objects.create(**an_attachment(other.case_id, now), is_from_petitioner=True)
    citizen.open(receipt)
    for attachment in (mine, theirs):
        assert citizen.client.get(f"/track/{receipt.number}/files/{attachment.pk}/").status_code == 404


def an_attachment(case_id: int, now: datetime) -> dict[str, object]:
    return {
        "matter_id": case_id,
        "name": "调查笔录.txt",
        "media_type": "text/plain",
        "size": 1,
        "digest": "0" * 64,
        "storage_name": uuid4().hex,
        "uploaded_at": now,
    }


def test_the_petitioner_sees_who_looked_at_the_identity(citizen: Citizen, now: datetime) -> None:
    receipt, _walk = a_matter(citizen.people, now - timedelta(days=1))
    citizen.open(receipt)
    assert "没有人打开过" in page_of(citizen, receipt)
    petitioners_disclose(
        case_id=receipt.case_id, purpose="contact", by=citizen.people["clerk"], at=now - timedelta(hours=1)
    )
    page = page_of(citizen, receipt)
    assert "联系信访人核实或补充情况" in page
    assert "没有人打开过" not in page


def test_scripts_in_a_matter_are_words(citizen: Citizen, now: datetime) -> None:
    evil = "<script>alert(1)</script>"
    receipt, _walk = a_matter(citizen.people, now, text=evil, demands=(DemandDraft(statement=evil),))
    citizen.open(receipt)
    for path in ("", "print/"):
        assert "<script>alert" not in page_of(citizen, receipt, path)


def test_the_tracking_page_asks_at_most_ten_statements(citizen: Citizen, now: datetime) -> None:
    receipt, walk = an_issued(citizen.people, now)
    walk.served()
    citizen.open(receipt)
    with CaptureQueriesContext(connection) as statements:
        assert citizen.client.get(f"/track/{receipt.number}/").status_code == 200
    assert len(statements) <= 10


def test_a_huge_matter_costs_no_more_statements(citizen: Citizen, now: datetime) -> None:
    demands = tuple(DemandDraft(statement=f"第{number}件事") for number in range(20))
    receipt, _walk = a_matter(citizen.people, now, demands=demands)
    citizen.open(receipt)
    with CaptureQueriesContext(connection) as statements:
        page = page_of(citizen, receipt)
    assert "第19件事" in page
    assert len(statements) <= 10


def test_tracking_pages_are_kept_by_nobody(citizen: Citizen, now: datetime) -> None:
    receipt, _walk = a_matter(citizen.people, now)
    citizen.open(receipt)
    answer = citizen.client.get(f"/track/{receipt.number}/")
    assert "no-store" in answer["Cache-Control"]


def test_a_document_says_each_thing_once_in_words(citizen: Citizen, now: datetime) -> None:
    receipt, walk = an_issued(citizen.people, now)
    walk.served()
    citizen.open(receipt)
    opinion = Document.objects.get(matter_id=receipt.case_id, kind="handling_opinion")
    page = page_of(citizen, receipt, f"documents/{opinion.pk}/")
    assert page.count("补偿款滞留在镇财政专户") == 1
    assert "<p>supported</p>" not in page
    assert "予以支持" in page
