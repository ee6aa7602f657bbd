"""What a kind of document says about itself (文书种类的约定)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from django.utils.translation import override
from django_stubs_ext import StrPromise

# What every template may use: what the letter carries itself and what each step puts into its contents.
EVERYWHERE = (
    "addressee",
    "agency",
    "branch",
    "case_number",
    "content_class",
    "copies",
    "date",
    "enclosures",
    "matter",
    "number",
    "received_on",
    "signatory",
    "title",
)


@dataclass(frozen=True)
class DocumentKind:
    """One kind of document (文书种类); `required` names the contents it must not lack and asks for each.

    `catalogue` is the number in the list of documents of the domain reference. `word` stands for the kind in
    the document number (告 in 青信告〔2026〕12号); no two kinds share one, so numbers never collide. A kind
    that `is_served` is handed to the petitioner, and the proof of it (送达回证) is kept.
    """

    code: str
    name: StrPromise
    word: str
    catalogue: int
    basis: str
    required: Mapping[str, StrPromise]
    optional: tuple[str, ...] = ()
    is_served: bool = False

    @property
    def title(self) -> str:
        """Its name on paper (文书标题), which is Chinese whatever language the office works in."""
        with override("zh-hans"):
            return str(self.name)

    @property
    def folder(self) -> Traversable:
        """Where its template and its sample stand."""
        return files(__package__) / self.code

    @property
    def variables(self) -> frozenset[str]:
        """All a template of this kind may use (可用变量)."""
        return frozenset((*EVERYWHERE, *self.required, *self.optional))

    def template(self) -> bytes:
        """The template shipped with this version (自带模板)."""
        return (self.folder / "template.docx").read_bytes()

    def sample(self) -> dict[str, object]:
        """Invented contents, to try a template with (示例内容)."""
        return tomllib.loads((self.folder / "sample.toml").read_text("utf-8"))
