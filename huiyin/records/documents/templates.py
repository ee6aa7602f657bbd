"""The templates of documents (文书模板): the shipped one, an office's own in its place, what may be wrong.

A template is a .docx with docxtpl's marks. It is read in a sandbox: a template can print and repeat what it
is given, and reach nothing else.
"""

import io
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from huiyin.records.documents.errors import AttachmentRefused
from huiyin.records.documents.file_kinds import file_rules
from huiyin.records.documents.inspection import CHECKS, kind_by_content
from huiyin.records.documents.kinds import DocumentKind, kind_of
from huiyin.records.ledger.chain import sm3

MAX_BYTES = 2 * 2**20
SEAL = "seal.png"
_FILTERS = ("default", "e", "escape", "join", "length", "replace", "trim")
# Fields by which a word processor reads other files while it prints.
_FETCHING = re.compile(rb"INCLUDE(TEXT|PICTURE)|DDE(AUTO)?\s|<w:altChunk|<w:subDoc")
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]*")
_HYPERLINK = b"/hyperlink"


@dataclass(frozen=True)
class Template:
    """The template a document is printed with (所用模板); `problems` say why the office's own is not it."""

    content: bytes
    is_own: bool
    problems: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        return sm3(self.content).hex()


@dataclass(frozen=True)
class TemplateFolder:
    """Where offices keep their own templates and seals (模板目录): AGENCY/KIND.docx and AGENCY/seal.png."""

    root: Path

    def path_of(self, *, agency: str, name: str) -> Path:
        """Where a file of an agency stands.

        Raises:
            ValueError: the code could lead out of the folder.
        """
        if not _CODE.fullmatch(agency) or not _CODE.fullmatch(name.partition(".")[0]):
            raise ValueError(f"no code: {agency!r} {name!r}")
        return self.root / agency / name

    def template_for(self, *, agency: str, kind: DocumentKind) -> Template:
        """The office's own template, or the shipped one if there is none or it is broken (选用模板)."""
        try:
            own = self.path_of(agency=agency, name=f"{kind.code}.docx").read_bytes()
        except OSError:
            return Template(kind.template(), is_own=False)
        problems = template_problems(own, kind)
        if problems:
            return Template(kind.template(), is_own=False, problems=problems)
        return Template(own, is_own=True)

    def keep(self, *, agency: str, kind: DocumentKind, content: bytes) -> None:
        """Put an office's own template in place (更换模板); the one before stays beside it as .bak.

        Raises:
            TemplateRefused: it cannot be used; each problem is a sentence.
        """
        problems = template_problems(content, kind)
        if problems:
            raise TemplateRefused(problems)
        path = self.path_of(agency=agency, name=f"{kind.code}.docx")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(f".{secrets.token_hex(8)}")
        draft.write_bytes(content)
        if path.exists():
            path.replace(path.with_suffix(".bak"))
        draft.rename(path)

    def drop(self, *, agency: str, kind: DocumentKind) -> None:
        """Go back to the shipped template (恢复自带模板); the office's own stays beside it as .bak."""
        path = self.path_of(agency=agency, name=f"{kind.code}.docx")
        if path.exists():
            path.replace(path.with_suffix(".bak"))

    def seal_of(self, *, agency: str) -> bytes | None:
        """The picture of an agency's seal (印章), or None."""
        try:
            return self.path_of(agency=agency, name=SEAL).read_bytes()
        except OSError:
            return None


class TemplateRefused(Exception):
    """A template cannot be used; each problem is a sentence with the way out."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class _Sandbox(SandboxedEnvironment):
    """Escaped and strict; nothing can be called or multiplied: no template asks for endless work (沙箱)."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}

    def is_safe_callable(self, obj: object) -> bool:
        return False

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        raise SecurityError(operator)


def template_problems(content: bytes, kind: DocumentKind) -> tuple[str, ...]:
    """Why this file cannot be the template of this kind (模板检查); nothing if it can."""
    return _problems(content, kind.code, get_language())


@lru_cache(maxsize=256)
def _problems(content: bytes, code: str, language: str) -> tuple[str, ...]:
    """Asked with every letter of an office, answered once for every file and language."""
    kind = kind_of(code)
    broken = _file_problem(content)
    if broken:
        return (broken,)
    try:
        used = variables_of(content)
    except TemplateSyntaxError as error:
        return (_syntax_sentence(error),)
    except (TemplateError, ValueError, KeyError) as error:
        return (_("模板无法读取({error})。请从系统下载自带模板,在它的基础上修改。").format(error=error),)
    unknown = _unknown(used, kind)
    return (*unknown, *_absent(used, kind), *([] if unknown else _trial(content, kind)))


def _file_problem(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        return _("模板文件超过2 MB。请压缩其中的图片后重新上传。")
    file = io.BytesIO(content)
    rules = file_rules()
    try:
        found = kind_by_content(file, "template.docx", rules)
        if found.code != "docx":
            return _("模板不是.docx文档。请在WPS或者Word中另存为“.docx”后重新上传。")
        CHECKS[found.check](file, found, rules)
        DocxTemplate(io.BytesIO(content)).init_docx()
    except AttachmentRefused as error:
        return error.message
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError):
        return _("模板文件已损坏,打不开。请在WPS或者Word中重新保存后上传。")
    return _outside(content)


def _outside(content: bytes) -> str:
    """A picture or a parent template fetched from elsewhere would tell others what is being printed."""
    with ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            links = re.findall(rb"<Relationship [^>]*>", part) if name.endswith(".rels") else []
            if any(b"External" in link and _HYPERLINK not in link for link in links) or (
                name.endswith(".xml") and _FETCHING.search(part)
            ):
                return _(
                    "模板引用了外部文件(例如链接的图片或者上级模板)。请把图片嵌入文档、取消外部链接后重新上传。"
                )
    return ""


def variables_of(content: bytes) -> frozenset[str]:
    """The variables that a template uses in its text, head and foot (模板变量)."""
    template = DocxTemplate(io.BytesIO(content))
    return frozenset(template.get_undeclared_template_variables(_Sandbox()))


def _syntax_sentence(error: TemplateSyntaxError) -> str:
    return _(
        "模板标记写错了:{error}(大约在“{near}”)。请检查“{{{{ }}}}”和“{{% %}}”是否成对、是否是半角符号。"
    ).format(error=error.message, near=_near(error))


def _near(error: TemplateSyntaxError) -> str:
    lines = (error.source or "").splitlines()
    line = lines[error.lineno - 1] if 0 < error.lineno <= len(lines) else ""
    marks = re.findall(r"\{[{%].*?[%}]\}", re.sub(r"<[^>]*>", "", line))
    return " ".join(marks[:2]) or re.sub(r"<[^>]*>", "", line).strip()[:40]


def _unknown(used: frozenset[str], kind: DocumentKind) -> list[str]:
    allowed = "、".join(sorted(kind.variables))
    return [
        _(
            "模板使用了未知的变量“{name}”。《{kind}》可以使用的变量有:{allowed}。请改正或者删去后重新上传。"
        ).format(name=name, kind=kind.name, allowed=allowed)
        for name in sorted(used - kind.variables)
    ]


def _absent(used: frozenset[str], kind: DocumentKind) -> list[str]:
    return [
        _(
            "模板缺少必备内容“{name}”({asks})。依据{basis},《{kind}》不能没有它;"
            "请在模板中写上“{{{{ {name} }}}}”。"
        ).format(name=name, asks=str(asks).rstrip("。"), basis=kind.basis, kind=kind.name)
        for name, asks in {**kind.required, "number": _("请写明发文字号。")}.items()
        if name not in used
    ]


def _trial(content: bytes, kind: DocumentKind) -> list[str]:
    """Print it once with invented contents: what fails now would fail when a letter has to go out."""
    try:
        filled(content, dict.fromkeys(kind.variables, "示例"))
        filled(content, dict.fromkeys(kind.variables, ""))
    except (TemplateError, UndefinedError, TypeError, ValueError, ArithmeticError, SyntaxError) as error:
        return [
            _("用示例内容试印时出错:{error}。请从系统下载自带模板,在它的基础上修改。").format(error=error)
        ]
    return []


def filled(content: bytes, contents: Mapping[str, object]) -> DocxTemplate:
    """The template with contents in the place of its marks (填充模板)."""
    template = DocxTemplate(io.BytesIO(content))
    template.render(dict(contents), _Sandbox(), autoescape=True)
    return template
