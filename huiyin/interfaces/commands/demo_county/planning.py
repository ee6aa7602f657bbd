"""What happens in the demo county, and when (演示计划): always the same, counted from the day it began."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from huiyin.interfaces.commands.demo_county.lives import Life
from huiyin.interfaces.commands.demo_county.matters import Matter, intake_of, slots_of
from huiyin.interfaces.commands.demo_county.places import pick
from huiyin.interfaces.commands.demo_county.stories import Story
from huiyin.interfaces.commands.demo_county.tempo import Pen, any_time, calendar, office_time
from huiyin.law.calendar import local_date

SEED = "青禾县"
EARLIEST = date(2025, 5, 6)
SPAN = timedelta(days=550)
# The unit whose log-ins are printed: its desk should not be empty.
SHOWN_UNIT = "natural-resources"
LAST_TOKEN = "demo-county-last"
NORMAL_TWISTS = (
    "",
    "assigned",
    "",
    "extended",
    "objected",
    "",
    "late",
    "disputed",
    "supplemented",
    "",
    "returned",
    "assigned",
    "",
    "withdrawn",
    "rework",
    "late_receipt",
    "",
    "objected",
    "slow_sort",
    "",
    "refused_extension",
    "designated",
)
OFFICES = (
    "petition-office", "hotline", "petition-office", "npc-office", "petition-office", "superior",
    "petition-office", "town", "hotline", "petition-office", "petition-office",
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """A matter that stands at a certain step today, so that every list has something in it (当前状态)."""

    step: str
    days_ago: tuple[int, int]
    how_many: int
    twist: str = ""


STANDINGS: tuple[Standing, ...] = (
    Standing("register", (0, 3), 9),
    Standing("register", (12, 15), 4),
    Standing("register", (18, 24), 3),
    Standing("forward", (0, 3), 8),
    Standing("forward", (11, 14), 4),
    Standing("forward", (17, 23), 4),
    Standing("assign", (1, 4), 4, "assigned"),
    Standing("accept", (1, 9), 5),
    Standing("record", (52, 56), 7),
    Standing("record", (60, 75), 8, "late"),
    Standing("submit", (0, 4), 8),
    Standing("return", (1, 3), 3, "returned"),
    Standing("issue", (0, 3), 7),
    Standing("serve", (1, 6), 6),
    Standing("report", (0, 3), 6, "assigned"),
    Standing("examine", (2, 6), 3, "rework"),
    Standing("extend", (0, 3), 4, "extended"),
    Standing("decide_extension", (2, 20), 3, "extended"),
    Standing("object", (0, 3), 5, "objected"),
    Standing("dispute", (0, 4), 3, "disputed"),
    Standing("designate", (1, 3), 2, "designated"),
)


def plan(stories: Sequence[Story], *, at: datetime) -> tuple[Matter, ...]:
    """Every matter of the county up to this moment, in the order in which they came in."""
    told = [*_standing(stories, at=at), *_ordinary(stories, at=at)]
    happened = [
        replace(matter, acts=acts)
        for matter in told
        if (acts := tuple(act for act in matter.acts if act.at < at - timedelta(minutes=2)))
    ]
    matters = sorted([*happened, *_repeats(happened, at=at)], key=lambda matter: matter.starts_at)
    return (*matters, _last(stories, at=at))


def _ordinary(stories: Sequence[Story], *, at: datetime) -> Iterator[Matter]:
    """Each story so many times, spread over a year and a half, a little denser towards today."""
    today = local_date(at)
    first = max(EARLIEST, today - SPAN)
    queue = [(story, turn) for turn in range(max(story.times for story in stories)) for story in stories]
    queue = [(story, turn) for story, turn in queue if turn < story.times]
    for index, (story, turn) in enumerate(queue):
        rng = Random(f"{SEED}-{story.id}-{turn}")
        share = ((index * 0.6180339887) % 1.0) ** 0.85
        day = first + timedelta(days=round(share * (today - first).days))
        while story.months and day.month not in story.months:
            day -= timedelta(days=9)
        if day < EARLIEST:
            continue
        yield _matter(story, turn, day=day, twist=NORMAL_TWISTS[index % len(NORMAL_TWISTS)], rng=rng)


def _standing(stories: Sequence[Story], *, at: datetime) -> Iterator[Matter]:
    """Matters whose story pauses today at the step we want to show."""
    today = local_date(at)
    plain = [story for story in stories if story.ending == "handled" and not story.months]
    turn = 0
    told: Counter[str] = Counter()
    for standing in STANDINGS:
        fitting = [story for story in plain if _fits(story, standing.twist)]
        for _one in range(standing.how_many if fitting else 0):
            turn += 1
            ours = [story for story in fitting if story.first.unit == SHOWN_UNIT]
            story = ours[turn % len(ours)] if ours and turn % 4 == 0 else fitting[(turn * 5) % len(fitting)]
            matter = _paused(story, 100 + turn, standing, today=today)
            if matter:
                told[standing.step] += 1
                yield replace(matter, token=f"demo-county-{standing.step}-{told[standing.step]}")


def _fits(story: Story, twist: str) -> bool:
    if twist == "objected":
        return bool(story.objection)
    if twist in ("disputed", "designated"):
        return bool(story.dispute)
    # Extensions belong to the petition procedure (第三十四条); other branches follow their own limits.
    return twist not in ("extended", "refused_extension") or story.first.branch == "petition"


def _paused(story: Story, turn: int, standing: Standing, *, today: date) -> Matter | None:
    """Tell the story so that the step falls on the wanted day, and stop there."""
    rng = Random(f"{SEED}-{standing.step}-{turn}")
    wanted = today - timedelta(days=rng.randint(*standing.days_ago))
    step = {"dispute": "object"}.get(standing.step, standing.step)
    which = -1 if standing.step == "dispute" else 0
    for back in range(140):
        day = wanted - timedelta(days=back)
        life_rng = Random(f"{SEED}-{standing.step}-{turn}-life")
        office = "petition-office" if turn % 4 else "npc-office"
        if turn % 5 == 3 and not standing.twist and standing.days_ago[1] <= 4:
            office = "hotline"
        matter = _matter(story, turn, day=day, twist=standing.twist, rng=life_rng, office=office)
        places = [index for index, act in enumerate(matter.acts) if act.step == step and act.demand in (0, 1)]
        if not places:
            return None
        if local_date(matter.acts[places[which]].at) <= wanted:
            end = matter.acts[places[which]].at
            return replace(matter, acts=tuple(act for act in matter.acts if act.at <= end))
    return None


def _matter(story: Story, turn: int, *, day: date, twist: str, rng: Random, office: str = "") -> Matter:
    """Tell one story once, from the day it comes in."""
    spot = pick(story.places, rng, turn)
    offices = story.offices or OFFICES
    office = office if office and not story.offices else offices[(turn * 3 + len(story.id)) % len(offices)]
    if office == "town" and (story.first.unit != "town" or story.second):
        office = "petition-office"
    if office == "hotline" and story.first.branch == "accusation":
        office = "petition-office"
    slots = slots_of(story, spot, day, rng)
    intake = intake_of(story, spot, slots, office=office, day=day, rng=rng)
    is_web = intake["channel"] == "web"
    start = any_time(day, rng) if is_web else office_time(calendar().next_workday(day), rng)
    if "received_on" in intake:
        intake["received_on"] = local_date(start)
    pen = Pen(rng, start)
    life = Life(story, spot, office, str(intake["naming"]), twist, slots, pen)
    pen.act("register", life.registrar(str(intake["channel"])), 0)
    life.tell()
    return Matter(token=f"demo-county-{story.id}-{turn}", story=story.id, intake=intake, acts=tuple(pen.acts))


def _repeats(matters: Sequence[Matter], *, at: datetime) -> Iterator[Matter]:
    """Some matters are raised a second time while the first is being handled; a clerk links the two."""
    opened = [
        m for m in matters if {"accept"} <= {act.step for act in m.acts} and m.intake["naming"] == "named"
    ]
    for index, earlier in enumerate(opened[2::9]):
        accepted = next(act for act in earlier.acts if act.step == "accept")
        rng = Random(f"{SEED}-repeat-{index}")
        day = calendar().next_workday(local_date(accepted.at) + timedelta(days=rng.randint(3, 9)))
        pen = Pen(rng, office_time(day, rng))
        sort = next(act for act in earlier.acts if act.step == "sort")
        pen.act("register", "registrar", 0)
        pen.act("link", "dispatcher", 0, kind="same", reason="诉求、事实和地点基本相同，前件正在办理。")
        pen.wait(1, 3)
        pen.act("sort", "dispatcher", 1, **sort.values)
        pen.act(
            "decline",
            "dispatcher",
            1,
            ground="pending_elsewhere",
            reason="同一事项已经受理，正在规定期限内办理。",
            where_to_go="请等待原承办单位的书面答复；可凭前件的登记号和查询码查看进度，逾期未答复的请来电反映。",
        )
        if pen.acts[-1].at < at and earlier.intake["office"] == "petition-office":
            yield Matter(
                token=f"{earlier.token}-again",
                story=earlier.story,
                intake=_raised_again(earlier.intake),
                acts=tuple(pen.acts),
                same_as=earlier.token,
            )


def _raised_again(intake: Mapping[str, object]) -> dict[str, object]:
    text = f"我前些天已经反映过这件事，到现在还没有结果，再来问一问。{intake['text']}"
    drafts: Any = intake["demands"]
    kept = {name: value for name, value in intake.items() if name not in ("received_on", "superior_number")}
    return kept | {"channel": "call", "text": text, "demands": drafts[:1], "evidence": {"call_time": "10:20"}}


def _last(stories: Sequence[Story], *, at: datetime) -> Matter:
    """The newest matter, filed on the portal a minute ago: once it is there, the county is complete."""
    story = next(story for story in reversed(stories) if story.ending == "handled")
    matter = _matter(
        story, 999, day=local_date(at), twist="", rng=Random(f"{SEED}-last"), office="petition-office"
    )
    intake = dict(matter.intake) | {"channel": "web", "evidence": {}}
    intake.pop("received_on", None)
    act = replace(matter.acts[0], at=at - timedelta(minutes=1), by="")
    return replace(matter, token=LAST_TOKEN, intake=intake, acts=(act,))
