"""`huiyin keys new|status|rotate`: the key ring of the identity vault (密钥管理).

To change keys: `new`, copy the ring to every machine, `rotate`, copy it again, `rotate` once more.
"""

from typing import NoReturn

import typer
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from huiyin.records.vault import keys
from huiyin.records.vault.provider import CipherBroken
from huiyin.records.vault.rotation import identities_rotate
from huiyin.records.vault.selectors import rows_per_key, rows_to_rotate

app = typer.Typer(no_args_is_help=True)
console = Console(highlight=False, soft_wrap=True)


@app.command()
def new() -> None:
    """Make the key ring, or add new keys to it without using them yet."""
    path = keys.ring_path()
    try:
        if not path.exists():
            keys.new_ring(path)
            console.print(
                _("已建立密钥环 %(path)s（仅本账户可读）。请立即另行备份：丢失后身份信息无法恢复。")
                % {"path": path}
            )
            return
        added = keys.add_keys(uses=tuple(keys.KeyUse))
    except keys.KeyRingError as problem:
        _give_up(problem)
    console.print(
        _("已加入新密钥 %(keys)s，尚未启用。请备份密钥环并复制到每台服务器，然后运行 huiyin keys rotate。")
        % {"keys": "、".join(key.id for key in added)}
    )


@app.command()
def status() -> None:
    """Show the keys, which are in use, and how many identities stand under each."""
    try:
        ring = keys.key_ring()
    except keys.KeyRingError as problem:
        _give_up(problem)
    rows = dict(zip(keys.KeyUse, rows_per_key(), strict=True))
    table = Table(_("编号"), _("用途"), _("建立时间"), _("使用中"), _("身份信息条数"))
    for use in keys.KeyUse:
        counts = rows[use]
        for key in ring.of_use(use):
            is_active = _("是") if ring.active[use] == key.id else ""
            table.add_row(key.id, use, f"{key.created:%Y-%m-%d %H:%M}", is_active, str(counts.pop(key.id, 0)))
        for lost, count in counts.items():
            table.add_row(lost, use, _("不在密钥环中"), "", str(count), style="bold red")
    console.print(str(keys.ring_path()))
    console.print(table)
    if any(rows.values()):
        console.print(_("有身份信息的密钥不在密钥环中：请从备份恢复密钥环。"), style="bold red")
        raise typer.Exit(1)


@app.command()
def rotate() -> None:
    """Use the newest keys from now on and write all identities anew under them; repeatable."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    try:
        keys.activate_newest()
        screen = Console(stderr=True)
        with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
            task = bar.add_task(_("轮换密钥"), total=rows_to_rotate())
            done = identities_rotate(progress=lambda count: bar.update(task, completed=count))
    except (keys.KeyRingError, CipherBroken) as problem:
        _give_up(problem)
    console.print(_("已用现行密钥重新加密 %(count)s 条身份信息。") % {"count": done})
    if left := rows_to_rotate():
        console.print(_("另有 %(count)s 条在轮换中被更新，请再运行一次。") % {"count": left})


def _give_up(problem: Exception) -> NoReturn:
    console.print(str(problem), style="bold red")
    raise typer.Exit(1)
