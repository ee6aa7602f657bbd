"""Materials from a phone: each file is judged by itself, kept with the draft, and handed in with it."""

import io
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from huiyin.casework.cases.models import Case
from huiyin.casework.intake import drafts
from huiyin.interfaces.jobs.daily import expire_drafts
from huiyin.interfaces.portal import throttle
from huiyin.records.documents.models import Attachment
from huiyin.records.documents.storage import AttachmentStore
from huiyin.records.ledger.models import Entry
from tests.interfaces.portal.conftest import Citizen

pytestmark = pytest.mark.django_db


def a_photo(name: str = "地里.jpg", colour: str = "green") -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def test_a_refused_file_is_named_and_the_others_stay(citizen: Citizen) -> None:
    draft = citizen.ready()
    program = SimpleUploadedFile("病毒.exe", b"MZ\x90\x00" + b"\x00" * 200)
    answer = citizen.post(draft, "materials", "next", files=[a_photo(), program])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "病毒.exe" in page
    assert [file.name for file in drafts.draft_of(draft, at=timezone.now()).content.files] == ["地里.jpg"]


def test_files_of_a_draft_come_with_the_petition(citizen: Citizen) -> None:
    draft = citizen.ready()
    assert citizen.post(draft, "materials", "next", photo=[a_photo()]).status_code == 302
    assert len(drafts.files_in_drafts()) == 1
    citizen.send(draft)
    attachment = Attachment.objects.get()
    assert attachment.is_from_petitioner
    assert Entry.objects.filter(matter_id=Case.objects.get().pk, event="case.attached").count() == 1
    assert drafts.files_in_drafts() == frozenset()


def test_the_same_file_twice_is_one_file(citizen: Citizen) -> None:
    draft = citizen.ready()
    citizen.post(draft, "materials", "upload", files=[a_photo(), a_photo("另一个名字.jpg")])
    assert len(drafts.draft_of(draft, at=timezone.now()).content.files) == 1


def test_a_file_can_be_taken_out_again(citizen: Citizen) -> None:
    draft = citizen.ready()
    citizen.post(draft, "materials", "upload", files=[a_photo()])
    [file] = drafts.draft_of(draft, at=timezone.now()).content.files
    citizen.post(draft, "materials", f"remove-file-{file.storage_name}")
    assert drafts.draft_of(draft, at=timezone.now()).content.files == ()


def test_more_files_than_allowed_are_refused_one_by_one(citizen: Citizen) -> None:
    draft = citizen.ready()
    for start in (0, 18):
        photos = [SimpleUploadedFile(f"{n}.txt", f"第{n}份".encode()) for n in range(start, start + 18)]
        answer = citizen.post(draft, "materials", "upload", files=photos)
    assert answer.status_code == 422
    assert len(drafts.draft_of(draft, at=timezone.now()).content.files) == 30


def test_the_nightly_sweep_spares_the_files_of_living_drafts(citizen: Citizen) -> None:
    draft = citizen.ready()
    citizen.post(draft, "materials", "upload", files=[a_photo()])
    [file] = drafts.draft_of(draft, at=timezone.now()).content.files
    path = AttachmentStore(settings.ATTACHMENTS_DIR).path_of(file.storage_name)
    expire_drafts(timezone.now() + timedelta(days=20))
    assert path.exists()
    expire_drafts(timezone.now() + timedelta(days=31))
    assert not path.exists()


def test_the_files_of_a_sent_petition_outlive_its_draft(citizen: Citizen) -> None:
    draft = citizen.ready()
    citizen.post(draft, "materials", "upload", files=[a_photo()])
    citizen.send(draft)
    expire_drafts(timezone.now() + timedelta(days=40))
    attachment = Attachment.objects.get()
    assert AttachmentStore(settings.ATTACHMENTS_DIR).path_of(attachment.storage_name).exists()


def test_a_network_that_fills_the_disk_is_told_to_wait_and_what_was_kept_stays(
    citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(throttle.limits(), "uploads", throttle.Limit(most=2, minutes=15))
    draft = citizen.ready()
    colours = [a_photo(f"{colour}.jpg", colour) for colour in ("red", "green", "blue")]
    answer = citizen.post(draft, "materials", "next", files=colours)
    assert answer.status_code == 422
    assert "blue.jpg" in answer.content.decode()
    assert "不影响您反映问题的权利" in answer.content.decode()
    kept = drafts.draft_of(draft, at=timezone.now()).content.files
    assert [file.name for file in kept] == ["red.jpg", "green.jpg"]
    assert citizen.send(draft).status_code == 302
