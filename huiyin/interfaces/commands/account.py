"""`huiyin account`: the accounts an office begins with, and the way back in for the locked out (账号)."""

from typing import Annotated

import typer
from django.utils import timezone
from rich.console import Console

from huiyin.records.accounts import second_factor, services, sessions
from huiyin.records.accounts.errors import AccountRefused
from huiyin.records.accounts.passwords import initial_password
from huiyin.records.accounts.policy import TOKEN_DAYS
from huiyin.records.accounts.rights import Duty
from huiyin.records.accounts.selectors import tokens_of, user_named
from huiyin.records.agencies.selectors import agency_directory

app = typer.Typer(no_args_is_help=True)
console = Console(highlight=False, soft_wrap=True)
Username = Annotated[str, typer.Argument(help="The name to log in with.")]


@app.command()
def create(
    username: Username,
    name: Annotated[str, typer.Option(help="The person's name; no account is shared.")],
    duty: Annotated[Duty, typer.Option(help="Kind of account.")] = Duty.CASEWORK,
    agency: Annotated[str, typer.Option(help="Code of the agency.")] = "",
    role: Annotated[list[str] | None, typer.Option(help="Role; may be repeated.")] = None,
) -> None:
    """Make an account and print its first password once."""
    entry = agency_directory().by_code(agency)
    if agency and entry is None:
        raise SystemExit(f"huiyin: there is no agency {agency}.")
    password = initial_password()
    try:
        services.user_create(
            username=username,
            name=name,
            password=password,
            duty=duty,
            agency_id=entry.id if entry else None,
            roles=role or [],
            by=None,
            at=timezone.now(),
        )
    except AccountRefused as refused:
        raise SystemExit(f"huiyin: {refused}") from refused
    console.print(f"{username}: first password {password} (to be changed at the first log-in)", markup=False)


@app.command()
def reset(username: Username) -> None:
    """Give a new first password, unlock, and take the second factor away."""
    user = user_named(username)
    if user is None:
        raise SystemExit(f"huiyin: there is no account {username}.")
    password, at = initial_password(), timezone.now()
    services.password_reset(user_id=user.pk, password=password, by=None, at=at)
    second_factor.second_factor_reset(user_id=user.pk, by=None, at=at)
    sessions.unlock(username=username, by=None, at=at)
    console.print(f"{username}: first password {password} (to be changed at the first log-in)", markup=False)


@app.command()
def unlock(username: Username) -> None:
    """Unlock an account before its time."""
    sessions.unlock(username=username, by=None, at=timezone.now())
    console.print(f"{username}: unlocked", markup=False)


@app.command()
def token(
    username: Username,
    purpose: Annotated[str, typer.Argument(help="Which program it is for.")],
    days: Annotated[int, typer.Option(help="How long it lasts.")] = TOKEN_DAYS,
) -> None:
    """Make a key with which a program acts as a casework account, and print it once."""
    user = user_named(username)
    if user is None or user.is_administrator or not user.is_active:
        raise SystemExit(f"huiyin: there is no open casework account {username}.")
    try:
        made, key = services.token_issue(user_id=user.pk, name=purpose, days=days, by=None, at=timezone.now())
    except AccountRefused as refused:
        raise SystemExit(f"huiyin: {refused}") from refused
    console.print(f"{made.pk}: {key} (until {made.expires_at:%Y-%m-%d})", markup=False)


@app.command()
def tokens(username: Username) -> None:
    """List the keys of an account with their numbers; never the keys themselves."""
    user = user_named(username)
    if user is None:
        raise SystemExit(f"huiyin: there is no account {username}.")
    for one in tokens_of(user):
        end = f"revoked {one.revoked_at:%Y-%m-%d}" if one.revoked_at else f"until {one.expires_at:%Y-%m-%d}"
        console.print(f"{one.pk}: {one.name}, made {one.created_at:%Y-%m-%d}, {end}", markup=False)


@app.command()
def revoke(number: Annotated[int, typer.Argument(help="The number of the key.")]) -> None:
    """Take a key back at once."""
    try:
        services.token_revoke(token_id=number, by=None, at=timezone.now())
    except AccountRefused as refused:
        raise SystemExit(f"huiyin: {refused}") from refused
    console.print(f"{number}: revoked", markup=False)
