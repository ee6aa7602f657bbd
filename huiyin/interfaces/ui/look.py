"""What a page needs to know about how it is shown: language and letter size (显示方式)."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

ELDER_COOKIE = "huiyin_elder"
# Law: the elder view starts at 18 and reaches 30 points (适老化通用设计规范).
ELDER_SIZES = (20, 24, 30)
LANGUAGE_TAGS = {"zh-hans": "zh-CN", "en": "en"}


@dataclass(frozen=True, slots=True)
class Look:
    """How this visitor wants pages shown."""

    language: str
    elder_size: int
    place: str
    here: str

    @property
    def is_elder(self) -> bool:
        return self.elder_size > 0

    @property
    def is_chinese(self) -> bool:
        return self.language.startswith("zh")

    @property
    def language_tag(self) -> str:
        return LANGUAGE_TAGS.get(self.language, self.language)

    @property
    def html_class(self) -> str:
        return f"elder elder-{self.elder_size}" if self.is_elder else "standard"

    @property
    def elder_sizes(self) -> tuple[int, ...]:
        return ELDER_SIZES


def elder_size(value: str) -> int:
    """Read a letter size from a cookie or a form; anything unknown means the standard view."""
    return int(value) if value in {str(size) for size in ELDER_SIZES} else 0


def look_of(request: HttpRequest | None) -> Look:
    """Collect the look from the request without touching the session or the database."""
    language = get_language() or settings.LANGUAGE_CODE
    place = str(getattr(settings, "HUIYIN_PLACE_EN" if language == "en" else "HUIYIN_PLACE", ""))
    if request is None:
        return Look(language=language, elder_size=0, place=place, here="/")
    return Look(
        language=language,
        elder_size=elder_size(request.COOKIES.get(ELDER_COOKIE, "")),
        place=place,
        here=request.get_full_path() if request.method == "GET" else own_referer(request),
    )


def own_referer(request: HttpRequest) -> str:
    """Where a switch leads back to from an answer to a POST: the form's own address, if ours."""
    referer = urlsplit(request.headers.get("Referer", ""))
    if referer.netloc != request.headers.get("Host", "") or not referer.path:
        return request.path
    return f"{referer.path}?{referer.query}" if referer.query else referer.path
