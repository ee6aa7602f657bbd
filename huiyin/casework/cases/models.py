"""Tables of the matter (信访事项), what people handed in, its demands (诉求) and their clocks (时限)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.numbers import case_number
from huiyin.records.accounts.models import User
from huiyin.records.agencies.models import Agency
from huiyin.records.ledger.chain import Head


class Naming(models.TextChoices):
    """How the petitioner stands towards the handlers (署名方式)."""

    NAMED = "named", _("实名")
    ANONYMOUS = "anonymous", _("匿名")
    SECRET = "secret", _("要求保密")


class Capacity(models.TextChoices):
    """In what capacity a person takes part (身份)."""

    COSIGNER = "cosigner", _("联名人")
    REPRESENTATIVE = "representative", _("代表")
    AGENT = "agent", _("代理人")


class InvolvementRole(models.TextChoices):
    """Why an agency may see a demand (参与角色)."""

    OFFICE = "office", _("登记机构")
    LEAD = "lead", _("主办")
    ASSIST = "assist", _("协办")
    SUPERIOR = "superior", _("共同上级")


class Settled(models.TextChoices):
    """Is the matter itself settled, whatever the procedure says (化解)."""

    UNKNOWN = "", _("未评定")
    YES = "yes", _("已化解")
    PARTLY = "partly", _("部分化解")
    NO = "no", _("未化解")


class Case(models.Model):
    """A matter (信访事项): what lists and the ledger chain hang on. Identities stay in the vault."""

    office = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    channel = models.CharField(max_length=20)
    received_at = models.DateTimeField()
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    naming = models.CharField(max_length=10, choices=Naming)
    identity_id = models.UUIDField(null=True)
    head_count = models.PositiveIntegerField(default=1)
    region_code = models.CharField(max_length=12, blank=True)
    place = models.CharField(max_length=200, blank=True)
    superior_number = models.CharField(max_length=60, blank=True)
    code_version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("信访事项")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(head_count__gte=1), name="case_head_count_at_least_one"
            ),
            models.CheckConstraint(
                condition=~models.Q(naming="anonymous") | models.Q(identity_id=None),
                name="case_anonymous_has_no_identity",
            ),
        ]
        indexes = [
            models.Index(fields=["identity_id"], name="case_identity"),
            models.Index(fields=["region_code", "-id"], name="case_region"),
            models.Index(
                fields=["superior_number"],
                name="case_superior_number",
                condition=~models.Q(superior_number=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The registration number people quote (登记号)."""
        return case_number(self.year, self.pk)


class Submission(models.Model):
    """One letter, call, visit, e-mail or post (信访件), kept word for word; never changed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="submissions")
    channel = models.CharField(max_length=20)
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_supplement = models.BooleanField(default=False)
    text = models.TextField()
    words = models.TextField()
    evidence = models.JSONField(default=dict)
    token = models.CharField(max_length=100, unique=True)

    class Meta:
        verbose_name = _("信访件")

    def __str__(self) -> str:
        return f"{self.channel} {self.received_at:%Y-%m-%d}"


class Petitioner(models.Model):
    """A co-signer, representative or agent beside the first petitioner (联名人、代表、代理人)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="petitioners")
    identity_id = models.UUIDField(db_index=True)
    capacity = models.CharField(max_length=20, choices=Capacity)
    has_power_of_attorney = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("信访人")

    def __str__(self) -> str:
        return self.get_capacity_display()


class Demand(models.Model):
    """A demand (诉求): the unit that carries a procedure, an organ, a deadline and an outcome."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="demands")
    position = models.PositiveSmallIntegerField()
    statement = models.TextField()
    content_class = models.CharField(max_length=6, blank=True)
    purpose = models.CharField(max_length=20, blank=True)
    branch = models.CharField(max_length=20, blank=True)
    profile = models.CharField(max_length=20)
    stage = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    office = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    handler = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_open = models.BooleanField(default=True)
    is_assigned = models.BooleanField(default=False)
    is_sealed = models.BooleanField(default=False)
    accused_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    due_rule = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    settled = models.CharField(max_length=10, choices=Settled, blank=True)
    received_at = models.DateTimeField()
    last_event_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    # Where the ledger of the case stood when the demand was fetched for a step.
    ledger_head: Head | None = None

    class Meta:
        verbose_name = _("诉求")
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="demand_position_once"),
            models.CheckConstraint(
                condition=models.Q(accused_agency=None) | ~models.Q(accused_agency=models.F("holder")),
                name="demand_not_held_by_the_accused",
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder", "due_on", "id"], name="demand_open_due", condition=models.Q(is_open=True)
            ),
            models.Index(
                fields=["holder", "stage", "due_on", "id"],
                name="demand_stage_due",
                condition=models.Q(is_open=True),
            ),
            models.Index(
                fields=["handler", "due_on", "id"],
                name="demand_handler_due",
                condition=models.Q(is_open=True, handler__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.position}"


class Involvement(models.Model):
    """Which agency may see which demand (参与单位): the one table behind every scope."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="involvements")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="involvements")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=10, choices=InvolvementRole)
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("参与单位")
        constraints = [
            models.UniqueConstraint(fields=["agency", "demand"], name="involvement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.role}"


class Clock(models.Model):
    """A deadline (时限) under the rule version it started with; badges, lists and statistics read this."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="clocks")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=20)
    rule_version = models.CharField(max_length=40)
    profile = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    own_limit_on = models.DateField(null=True)
    raw_end = models.DateField()
    due_on = models.DateField()
    due_at = models.DateTimeField(null=True)
    extended_days = models.PositiveSmallIntegerField(default=0)
    paused_days = models.PositiveSmallIntegerField(default=0)
    is_provisional = models.BooleanField(default=False)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("时限")
        indexes = [
            models.Index(fields=["due_on"], name="clock_running_due", condition=models.Q(stopped_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.rule} → {self.due_on}"


class Reading(models.Model):
    """Who opened which case when (查阅记录); only ever added."""

    case_id = models.BigIntegerField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency_id = models.BigIntegerField(null=True)
    surface = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("查阅记录")
        indexes = [models.Index(fields=["case_id", "-id"], name="reading_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.user_id}"


class SavedFilter(models.Model):
    """A filter a person keeps for the lists (常用筛选)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("常用筛选")
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_filter_named_once")]

    def __str__(self) -> str:
        return self.name


class ExportRecord(models.Model):
    """Who took which list out of the system, narrowed by what, and how many lines (导出记录); only added."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency_id = models.BigIntegerField(null=True)
    list_name = models.CharField(max_length=20)
    query = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("导出记录")

    def __str__(self) -> str:
        return f"{self.list_name} {self.user_id}"
