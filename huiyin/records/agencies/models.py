"""Tables of the reference data: places, content classes, agencies and what they are for (基础数据)."""

from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.law.profiles import profiles


class RegionLevel(models.TextChoices):
    """The levels below a province that a county office meets (行政区划级别)."""

    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")
    VILLAGE = "village", _("村级")


class AgencyKind(models.TextChoices):
    """What an agency is (机构类型)."""

    COUNTY = "county", _("县委、县政府")
    NPC = "npc", _("县人大常委会机关")
    NPC_PRESIDIUM = "npc_presidium", _("乡镇人大主席团")
    PETITION_OFFICE = "petition_office", _("信访工作机构")
    DEPARTMENT = "department", _("县级部门")
    TOWNSHIP = "township", _("乡镇、街道")
    VILLAGE = "village", _("村、社区")
    COURT = "court", _("人民法院")
    PROCURATORATE = "procuratorate", _("人民检察院")
    SUPERVISION = "supervision", _("纪检监察机关")
    HOTLINE = "hotline", _("政务服务热线")
    OTHER = "other", _("其他单位")


class Profile(StrEnum):
    """The shipped overlays of the rules (办理规则); `huiyin/law/data/profiles` may hold more."""

    PETITION_OFFICE = "petition-office"
    NPC_TRANSFER = "npc-transfer"
    NPC_REDIRECT = "npc-redirect"
    HOTLINE_12345 = "hotline-12345"
    UNIT = "unit"


def profile_choices() -> list[tuple[str, str]]:
    """All profiles the law shelf knows, so that a new one makes no migration."""
    return [(profile.id, profile.title_zh) for profile in profiles().values()]


class Edited(models.Model):
    """A row that a file fills and an office may edit: its revision and the fields edited by hand."""

    revision = models.PositiveIntegerField(default=1)
    edited_fields = models.CharField(max_length=500, blank=True, default="")
    is_active = models.BooleanField(default=True)

    class Meta:
        abstract = True

    @property
    def edited(self) -> frozenset[str]:
        """The fields somebody changed on a page; the loader leaves them alone unless it is forced."""
        return frozenset(self.edited_fields.split())


class Region(Edited):
    """A place with its twelve-digit code (行政区划, the shape of GB/T 2260 and GB/T 10114)."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=150, blank=True)
    level = models.CharField(max_length=10, choices=RegionLevel)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="region_code_is_twelve_digits", condition=Q(code__regex=r"^[0-9]{12}$")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ContentClass(Edited):
    """A content class of petitions (内容分类) of one version of the list."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=150, blank=True)
    parent_code = models.CharField(max_length=12, blank=True)
    version = models.CharField(max_length=20)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Agency(Edited):
    """An organ that receives, handles or supervises matters (机构), a node of the county's tree."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=30)
    kind = models.CharField(max_length=20, choices=AgencyKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    region_code = models.CharField(max_length=12)
    profile = models.CharField(max_length=40, choices=profile_choices, default="unit")
    is_discipline = models.BooleanField(default=False)
    takes_petitions = models.BooleanField(default=True)
    reception_place = models.CharField(max_length=200, blank=True)
    reception_hours = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    postal_address = models.CharField(max_length=200, blank=True)
    document_word = models.CharField(max_length=20, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        verbose_name_plural = "agencies"
        constraints = [
            models.CheckConstraint(name="agency_is_not_its_own_parent", condition=~Q(parent=models.F("id"))),
        ]

    def __str__(self) -> str:
        return self.name


class Remit(models.Model):
    """What an agency is for (职责): a branch of the content classes in a branch of the places."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="remits")
    class_prefix = models.CharField(max_length=12)
    region_prefix = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "class_prefix", "region_prefix"], name="remit_is_said_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.class_prefix} {self.region_prefix}"


class ReferenceVersion(models.Model):
    """The one row whose value changes with every change of the reference data; caches compare it."""

    value = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="reference_version_is_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.value)


class ReferenceChange(models.Model):
    """Who changed which reference row when, with the values before and after; only ever added (变更记录)."""

    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    username = models.CharField(max_length=64, blank=True)
    entity = models.CharField(max_length=20)
    code = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["entity", "code", "-id"], name="reference_change_of_row")]

    def __str__(self) -> str:
        return f"{self.entity} {self.code}"
