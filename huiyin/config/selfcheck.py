"""The deploy self-check (部署自检): every unsafe production setting by name, with the way out.

Run by `huiyin check --deploy`, by `manage.py check --deploy`, and by `huiyin serve` in production, which
does not start where it finds an error. Law: GB/T 22239 (identification, access control, confidentiality),
网络安全法 (records kept at least six months), GB/T 39786 (keys).
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.apps.config import AppConfig
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from huiyin.config.env import DEVELOPMENT_SECRET
from huiyin.records.accounts.models import AccountChange, User
from huiyin.records.accounts.policy import DEMO_PASSWORD, POLICY
from huiyin.records.accounts.rights import DUTY_NAMES, Duty

Findings = Iterator[CheckMessage]

A_YEAR = 31_536_000
SHORTEST_SECRET = 50
WEAK_HASHERS = ("MD5", "SHA1", "Unsalted", "Crypt")
GUESSED_PASSWORDS = frozenset(
    {"", "huiyin", "postgres", "password", "postgresql", "admin", "root", "123456", "12345678", "changeme"}
)
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def debug_is_off() -> Findings:
    if settings.DEBUG:
        yield Error(
            "DEBUG is on: error pages would show the records of petitioners.",
            hint="Remove HUIYIN_DEBUG.",
            id="huiyin.E001",
        )


def secret_is_ones_own() -> Findings:
    secret = settings.SECRET_KEY
    if secret == DEVELOPMENT_SECRET:
        reason = "SECRET_KEY is the one of the source code: anybody could forge a session."
    elif len(secret) < SHORTEST_SECRET or len(set(secret)) < 10:
        reason = f"SECRET_KEY is shorter than {SHORTEST_SECRET} characters or too uniform."
    else:
        return
    hint = "HUIYIN_SECRET_KEY=… from: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    yield Error(reason, hint=hint, id="huiyin.E002")


def hosts_are_named() -> Findings:
    hosts = settings.ALLOWED_HOSTS
    wild = [host for host in hosts if host == "*" or host.startswith((".", "*"))]
    if wild or not hosts:
        yield Error(
            f"ALLOWED_HOSTS is {hosts or 'empty'}: links in messages could be made to lead elsewhere.",
            hint="Name the addresses of the office: HUIYIN_ALLOWED_HOSTS=xf.example.gov.cn",
            id="huiyin.E003",
        )
    elif set(hosts) <= {"localhost", "127.0.0.1", "[::1]"}:
        yield Warning(
            "ALLOWED_HOSTS names this machine only: nobody else can open the pages.",
            hint="HUIYIN_ALLOWED_HOSTS=xf.example.gov.cn",
            id="huiyin.W003",
        )


def cookies_are_protected() -> Findings:
    wanted = {
        "SESSION_COOKIE_SECURE": "HUIYIN_PRODUCTION=1",
        "CSRF_COOKIE_SECURE": "HUIYIN_PRODUCTION=1",
        "SESSION_COOKIE_HTTPONLY": "leave Django's default",
    }
    for name, hint in wanted.items():
        if not getattr(settings, name):
            yield Error(f"{name} is off: a session could be stolen on the way.", hint=hint, id="huiyin.E004")
    if settings.SESSION_COOKIE_SAMESITE not in ("Lax", "Strict"):
        yield Error(
            "SESSION_COOKIE_SAMESITE is not Lax or Strict: other sites could act in a clerk's name.",
            hint="SESSION_COOKIE_SAMESITE = 'Lax'",
            id="huiyin.E004",
        )


def transport_is_encrypted() -> Findings:
    if settings.SECURE_HSTS_SECONDS < A_YEAR:
        yield Error(
            "SECURE_HSTS_SECONDS is under a year: browsers may fall back to unencrypted pages.",
            hint="HUIYIN_PRODUCTION=1",
            id="huiyin.E005",
        )
    if not settings.SECURE_SSL_REDIRECT:
        yield Error(
            "SECURE_SSL_REDIRECT is off: pages can be opened unencrypted.",
            hint="Remove HUIYIN_PLAIN_HTTP, set HUIYIN_PRODUCTION=1.",
            id="huiyin.E006",
        )
    if settings.SECURE_PROXY_SSL_HEADER is None:
        yield Error(
            "SECURE_PROXY_SSL_HEADER is not set: behind the TLS proxy every request looks unencrypted.",
            hint="HUIYIN_BEHIND_PROXY=1, and let the proxy always set X-Forwarded-Proto itself.",
            id="huiyin.E007",
        )


def passwords_are_strong() -> Findings:
    hasher = settings.PASSWORD_HASHERS[0]
    if any(weak in hasher for weak in WEAK_HASHERS):
        yield Error(
            f"PASSWORD_HASHERS begins with {hasher}: stolen hashes would be broken in hours.",
            hint="Remove PASSWORD_HASHERS from the settings.",
            id="huiyin.E008",
        )
    validators = cast("list[dict[str, Any]]", settings.AUTH_PASSWORD_VALIDATORS)
    names = " ".join(validator["NAME"] for validator in validators)
    lengths = [
        validator.get("OPTIONS", {}).get("min_length", 8)
        for validator in validators
        if validator["NAME"].endswith("MinimumLengthValidator")
    ]
    if not (
        "CharacterClassesValidator" in names
        and "HistoryValidator" in names
        and lengths
        and max(lengths) >= POLICY.minimum_length
    ):
        yield Error(
            f"AUTH_PASSWORD_VALIDATORS lacks a rule: {POLICY.minimum_length} characters, "
            f"{POLICY.character_classes} kinds of characters, no old password.",
            hint="Restore the list of huiyin/config/settings.py.",
            id="huiyin.E008",
        )


def log_in_is_guarded() -> Findings:
    if not getattr(settings, "AXES_ENABLED", True) or not 1 <= settings.AXES_FAILURE_LIMIT <= 10:
        yield Error(
            "The lock-out after failed log-ins is off or comes after more than 10 failures.",
            hint="HUIYIN_LOGIN_FAILURES=5; do not set AXES_ENABLED.",
            id="huiyin.E009",
        )
    if not 1 <= settings.HUIYIN_IDLE_MINUTES <= 30:
        yield Error(
            f"Idle sessions end after {settings.HUIYIN_IDLE_MINUTES} minutes; 1 to 30 are allowed.",
            hint="HUIYIN_IDLE_MINUTES=15",
            id="huiyin.E010",
        )
    if not settings.HUIYIN_ADMIN_TOTP:
        yield Error(
            "The administrators log in without a second factor.",
            hint="HUIYIN_ADMIN_TOTP=1",
            id="huiyin.E011",
        )


def key_ring_is_kept() -> Findings:
    path = Path(settings.KEY_RING_PATH)
    if not path.is_file():
        yield Error(
            f"The key ring {path} is missing: names and phone numbers can be neither written nor read.",
            hint="`huiyin keys new`, or put back the copy kept apart from the backups; HUIYIN_KEY_RING.",
            id="huiyin.E012",
        )
        return
    yield from open_to_others([path, path.parent], "the key ring", "huiyin.E013")


def files_are_closed_to_others() -> Findings:
    paths = [Path(settings.ATTACHMENTS_DIR)]
    for database in settings.DATABASES.values():
        if str(database["ENGINE"]).endswith("sqlite3"):
            paths += [Path(f"{database['NAME']}{ending}") for ending in ("", "-wal", "-shm")]
    yield from open_to_others(paths, "the records", "huiyin.E014")
    public = Path(settings.STATIC_ROOT).resolve()
    if Path(settings.ATTACHMENTS_DIR).resolve().is_relative_to(public):
        yield Error(
            "ATTACHMENTS_DIR lies inside STATIC_ROOT: the web server would hand out letters to anybody.",
            hint="HUIYIN_ATTACHMENTS_DIR=/var/lib/huiyin/attachments",
            id="huiyin.E015",
        )


def open_to_others(paths: Iterable[Path], what: str, check_id: str) -> Findings:
    """Name the paths that other accounts of the machine can open.

    A file in a directory that is closed to them is closed too, whatever its own mode says.
    """
    for path in paths:
        if path.exists() and path.stat().st_mode & OTHERS and not is_behind_closed_door(path):
            mode = "700" if path.is_dir() else "600"
            yield Error(
                f"{path} ({what}) can be opened by other accounts of this machine.",
                hint=f"chmod {mode} {path}",
                id=check_id,
            )


def is_behind_closed_door(path: Path) -> bool:
    return any(not parent.stat().st_mode & OTHERS for parent in path.resolve().parents)


def database_password_is_ones_own() -> Findings:
    for alias, database in settings.DATABASES.items():
        is_socket = str(database.get("HOST", "")).startswith("/") or not database.get("HOST")
        if str(database["ENGINE"]).endswith("sqlite3") or (is_socket and not database.get("PASSWORD")):
            continue
        password = str(database.get("PASSWORD", ""))
        if password.lower() in GUESSED_PASSWORDS or password == database.get("USER"):
            yield Error(
                f"The password of the database {alias} is empty or guessed at once.",
                hint="ALTER ROLE … PASSWORD …, then put the new one into DATABASE_URL.",
                id="huiyin.E016",
            )


def time_zone_is_that_of_the_law() -> Findings:
    if settings.TIME_ZONE != "Asia/Shanghai" or not settings.USE_TZ:
        yield Error(
            f"TIME_ZONE is {settings.TIME_ZONE}, USE_TZ is {settings.USE_TZ}: days would begin wrongly.",
            hint="TIME_ZONE = 'Asia/Shanghai', USE_TZ = True",
            id="huiyin.E017",
        )
    if ZoneInfo("Asia/Shanghai").utcoffset(datetime(2026, 1, 1)) != timedelta(hours=8):
        yield Error(
            "The time zone data of this machine is wrong for Asia/Shanghai.",
            hint="apt-get install tzdata",
            id="huiyin.E017",
        )


def backups_have_a_place() -> Findings:
    path = Path(settings.BACKUPS_DIR)
    if not path.is_dir() or not os.access(path, os.W_OK):
        yield Error(
            f"The place for backups {path} is missing or cannot be written.",
            hint="Make it (chmod 700), best on another disk: HUIYIN_BACKUPS_DIR=/mnt/backup/huiyin",
            id="huiyin.E018",
        )
        return
    yield from open_to_others([path], "the backups", "huiyin.E018")
    if path.stat().st_dev == Path(settings.DATA_DIR).stat().st_dev:
        yield Warning(
            f"The backups in {path} lie on the same disk as the records and would be lost with them.",
            hint="HUIYIN_BACKUPS_DIR on another disk or machine",
            id="huiyin.W018",
        )


def process_is_not_root() -> Findings:
    if os.geteuid() == 0:
        yield Warning(
            "Huiyin runs as root: a fault in it would open the whole machine.",
            hint="Run it under an account of its own.",
            id="huiyin.W019",
        )


def tables_are_up_to_date() -> Findings:
    executor = MigrationExecutor(connections["default"])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _backwards in waiting[:5])
        yield Error(
            f"{len(waiting)} changes of the tables are not applied: {names}.",
            hint="huiyin prepare",
            id="huiyin.E020",
        )


def no_demo_password_is_left() -> Findings:
    # Only accounts that the demo made can have its password; trying everybody's would take minutes.
    made = AccountChange.objects.filter(action="created", after__is_demo=True).values("user_id")
    for username, password in User.objects.filter(is_active=True, pk__in=made).values_list(
        "username", "password"
    ):
        if check_password(DEMO_PASSWORD, password):
            yield Error(
                f"The demo account {username} still has the demo password, and others may.",
                hint="Start a real office with an empty database, or close the demo accounts.",
                id="huiyin.E021",
            )
            return


def administrators_are_three() -> Findings:
    present = set(User.objects.filter(is_active=True).values_list("duty", flat=True))
    missing = [str(DUTY_NAMES[duty]) for duty in Duty if duty != Duty.CASEWORK and duty not in present]
    if missing:
        yield Warning(
            f"No active account of: {', '.join(missing)} (三员分离).",
            hint="huiyin account create NAME --duty security_admin",
            id="huiyin.W022",
        )


def clock_is_right() -> Findings:
    now = datetime.now(UTC)
    latest = AccountChange.objects.order_by("-at").values_list("at", flat=True).first()
    if latest is not None and latest > now + timedelta(minutes=5):
        yield Error(
            f"The clock of this machine says {now:%Y-%m-%d %H:%M}; there are records of {latest:%Y-%m-%d}.",
            hint="Set the clock by NTP (chrony); legal limits are counted from it.",
            id="huiyin.E023",
        )
    connection = connections["default"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (theirs,) = cursor.fetchone()
        if abs(theirs - datetime.now(UTC)) > timedelta(seconds=30):
            yield Error(
                "The clocks of this machine and of the database differ by more than 30 seconds.",
                hint="Set both by NTP (chrony).",
                id="huiyin.E023",
            )


SETTINGS_CHECKS: tuple[Callable[[], Findings], ...] = (
    debug_is_off,
    secret_is_ones_own,
    hosts_are_named,
    cookies_are_protected,
    transport_is_encrypted,
    passwords_are_strong,
    log_in_is_guarded,
    key_ring_is_kept,
    files_are_closed_to_others,
    database_password_is_ones_own,
    time_zone_is_that_of_the_law,
    backups_have_a_place,
    process_is_not_root,
)
DATABASE_CHECKS: tuple[Callable[[], Findings], ...] = (
    tables_are_up_to_date,
    no_demo_password_is_left,
    administrators_are_three,
    clock_is_right,
)


def check_settings(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """Look at settings and files."""
    return [finding for check in SETTINGS_CHECKS for finding in check()]


def check_database(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """Look at the database; tables that are not there yet end the questions about their rows."""
    if not databases:
        return []
    findings: list[CheckMessage] = []
    try:
        for check in DATABASE_CHECKS:
            findings += check()
            if check is tables_are_up_to_date and findings:
                break
    except DatabaseError as problem:
        message = f"The database cannot be asked: {str(problem).splitlines()[0]}"
        findings.append(Error(message, hint="Check DATABASE_URL; huiyin prepare", id="huiyin.E024"))
    return findings


def register_all() -> None:
    """Put both into Django's list of deploy checks."""
    register(check_settings, Tags.security, deploy=True)
    register(check_database, Tags.database, deploy=True)
