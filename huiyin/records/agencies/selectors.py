"""Reading the reference data: three directories, kept in each process and renewed when a value changes.

Every process asks the database at most once a second whether the reference version is still the same.
"""

import threading
import time
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from huiyin.records.agencies.directories import (
    AgencyDirectory,
    AgencyEntry,
    ClassDirectory,
    ClassEntry,
    RegionDirectory,
    RegionEntry,
    RemitEntry,
)
from huiyin.records.agencies.models import (
    Agency,
    ContentClass,
    ReferenceChange,
    ReferenceVersion,
    Region,
    Remit,
)

SECONDS_BETWEEN_LOOKS = 1.0
AGENCY_COLUMNS = tuple(name for name in AgencyEntry.__dataclass_fields__ if name != "remits")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole reference data under one version."""

    version: int | None
    agencies: AgencyDirectory
    classes: ClassDirectory
    regions: RegionDirectory


class Shelf:
    """What this process remembers of the reference data, and when it last looked for a newer one."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.snapshot: Snapshot | None = None
        self.looked_at = 0.0

    def current(self) -> Snapshot:
        """Give the data; look for a newer version if the last look is a second old."""
        snapshot = self.snapshot
        if snapshot is not None and time.monotonic() - self.looked_at < SECONDS_BETWEEN_LOOKS:
            return snapshot
        with self.lock:
            looked_at = time.monotonic()
            # The version is read before the rows: a change in between is seen at the next look.
            version = reference_version()
            snapshot = self.snapshot
            if snapshot is None or snapshot.version != version:
                snapshot = read_snapshot(version)
            self.snapshot, self.looked_at = snapshot, looked_at
            return snapshot

    def forget(self) -> None:
        """Read everything anew at the next question."""
        with self.lock:
            self.snapshot = None


shelf = Shelf()


def reference_version() -> int | None:
    """Give the value that changes with every change of the reference data."""
    return ReferenceVersion.objects.values_list("value", flat=True).first()


def read_snapshot(version: int | None) -> Snapshot:
    """Read the reference data with four statements."""
    remits: dict[int, list[RemitEntry]] = {}
    for agency_id, class_prefix, region_prefix in Remit.objects.order_by("id").values_list(
        "agency_id", "class_prefix", "region_prefix"
    ):
        remits.setdefault(agency_id, []).append(RemitEntry(class_prefix, region_prefix))
    agencies = AgencyDirectory(
        replace(AgencyEntry(*row), remits=tuple(remits.get(row[0], ())))
        for row in Agency.objects.values_list(*AGENCY_COLUMNS)
    )
    classes = ClassDirectory(
        ClassEntry(*row) for row in ContentClass.objects.values_list(*ClassEntry.__dataclass_fields__)
    )
    regions = RegionDirectory(
        RegionEntry(*row[:4], row[4] or "", *row[5:])
        for row in Region.objects.values_list(
            "code", "name", "name_en", "level", "parent__code", "is_active", "revision"
        )
    )
    return Snapshot(version, agencies, classes, regions)


def agency_directory() -> AgencyDirectory:
    """All agencies (机构目录)."""
    return shelf.current().agencies


def class_directory() -> ClassDirectory:
    """All content classes (内容分类目录)."""
    return shelf.current().classes


def region_directory() -> RegionDirectory:
    """All places (区划目录)."""
    return shelf.current().regions


def reference_forget() -> None:
    """Drop what this process remembers; for services that changed something and tests that wrote rows."""
    shelf.forget()


def changes_of(*, entity: str = "", code: str = "") -> QuerySet[ReferenceChange]:
    """Who changed the reference data, newest first; of one row if it is named."""
    changes = ReferenceChange.objects.all()
    if entity:
        changes = changes.filter(entity=entity)
    return changes.filter(code=code) if code else changes
