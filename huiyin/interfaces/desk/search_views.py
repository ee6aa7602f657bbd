"""Search (搜索)."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases import searching
from huiyin.interfaces.desk import list_tables, wording
from huiyin.interfaces.desk.frame import desk_page, desk_view, officer
from huiyin.interfaces.ui.parts import Empty, Link, Pager
from huiyin.law.calendar import local_date
from huiyin.records.accounts.rights import Right

LONGEST = 100


@desk_view(Right.CASE_READ)
def search(request: HttpRequest) -> HttpResponseBase:
    """Words, numbers or a place, within what the own agency may see (搜索)."""
    user, today = officer(request), local_date(timezone.now())
    words, after = request.GET.get("q", "").strip()[:LONGEST], request.GET.get("after", "")
    context: dict[str, object] = {"search_words": words, "words": words}
    if words:
        found = searching.search(user=user, text=words, after=after)
        wanted = searching.words_wanted(words)
        context |= {
            "results": [result_of(hit, wanted, today) for hit in found.hits],
            "pager": pager_of(found, words, after),
            "places": [place_link(code) for code in searching.places_named(words)],
            "empty": NOTHING,
        }
    return desk_page(request, "desk/lists/search.html", context)


NOTHING = Empty(
    _("没有找到"),
    _("换个说法，或者只用一两个词再试；这里只搜索本单位参与的事项。登记号可以不带横线。"),
    "zoom-question",
)


def result_of(hit: searching.Hit, wanted: tuple[str, ...], today: date) -> dict[str, object]:
    """A line and the words around the hit; an accusation stays closed here too."""
    line = list_tables.line_of(hit.row, today=today)
    pieces = () if hit.row.is_sealed else searching.excerpt(hit.text, wanted)
    return {"line": line, "pieces": pieces}


def place_link(code: str) -> Link:
    """Everything in a place that the query names."""
    url = f"{reverse('desk:list', args=['all'])}?{urlencode({'place': code})}"
    return Link(wording.region_text(code), url, "map-pin")


def pager_of(found: searching.Found, words: str, after: str) -> Pager:
    start = f"{reverse('desk:search')}?{urlencode({'q': words})}"
    return Pager(
        shown=len(found.hits),
        count=len(found.hits),
        is_capped=bool(found.next_cursor),
        next_url=f"{start}&after={found.next_cursor}" if found.next_cursor else "",
        first_url=start if after else "",
    )
