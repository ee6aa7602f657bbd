"""Promises about templates: an office may use its own; a broken one is explained and stops nothing."""

import io
import zipfile

import pytest
from docx import Document as open_docx

from huiyin.records.documents.kinds import kind_of
from huiyin.records.documents.printing import docx_of
from huiyin.records.documents.templates import TemplateFolder, TemplateRefused, template_problems
from tests.records.documents.conftest import office_file, picture
from tests.records.documents.letters import sample_letter, texts_of

KIND = kind_of("extension_notice")


@pytest.fixture
def folder(tmp_path) -> TemplateFolder:
    return TemplateFolder(tmp_path / "templates")


def with_text(text: str, *, without: str = "") -> bytes:
    """The shipped template with one more paragraph, and without those that hold a mark."""
    file = open_docx(io.BytesIO(KIND.template()))
    for paragraph in file.paragraphs:
        if without and without in paragraph.text:
            paragraph.text = ""
    file.add_paragraph(text)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def rewritten(part: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(KIND.template())) as read, zipfile.ZipFile(out, "w") as written:
        for name in read.namelist():
            content = read.read(name)
            written.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


def test_an_office_puts_its_own_template_in_place(folder):
    folder.keep(agency="petition-office", kind=KIND, content=with_text("本单位地址：和平路6号"))
    own = folder.template_for(agency="petition-office", kind=KIND)
    assert own.is_own
    assert own.problems == ()
    assert "本单位地址：和平路6号" in texts_of(docx_of(sample_letter(KIND.code), own))


def test_another_office_keeps_the_shipped_template(folder):
    folder.keep(agency="petition-office", kind=KIND, content=with_text("和平路6号"))
    assert not folder.template_for(agency="housing", kind=KIND).is_own


def test_an_office_goes_back_to_the_shipped_template(folder):
    folder.keep(agency="housing", kind=KIND, content=with_text("甲"))
    folder.drop(agency="housing", kind=KIND)
    template = folder.template_for(agency="housing", kind=KIND)
    assert (template.is_own, template.content) == (False, KIND.template())
    assert folder.path_of(agency="housing", name="extension_notice.bak").exists()


def test_an_unknown_variable_is_named_with_those_that_are_known():
    (problem,) = template_problems(with_text("{{ petitioner_name }}"), KIND)
    assert "petitioner_name" in problem
    assert "new_date" in problem
    assert "重新上传" in problem


def test_a_compulsory_content_that_the_template_leaves_out_is_named_with_the_article():
    (problem,) = template_problems(with_text("无", without="reason"), KIND)
    assert "“reason”" in problem
    assert "第三十四条" in problem


@pytest.mark.parametrize(
    "text", ["{{ reason", "{% if reason %}", "{{ reason | }}", "{% endif %}", "{{ reason } }", "{% for %}"]
)
def test_a_broken_mark_is_a_sentence_with_the_way_out(text):
    problems = template_problems(with_text(text), KIND)
    assert problems
    assert all(problem.endswith(("。", "”。")) for problem in problems)


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ reason.__init__.__globals__ }}",
        "{% for x in range(10) %}{{ x }}{% endfor %}",
        "{{ cycler.__init__ }}",
        "{% include '/etc/passwd' %}",
        "{{ 'x' * 999999999 }}",
        "{{ reason.ljust(999999999) }}",
        "{{ reason|center(999999999) }}",
        "{{ '%0999999999d' % 1 }}",
    ],
)
def test_a_template_reaches_nothing_but_its_contents(text):
    assert template_problems(with_text(text), KIND)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "打不开"),
        (b"not a document", "打不开"),
        (picture(), "docx"),
        (office_file("xlsx"), "docx"),
        (office_file("docx"), "损坏"),
        (KIND.template()[:4000], "打不开"),
        (office_file("docx", {"word/vbaProject.bin": "x"}), "宏"),
    ],
)
def test_a_file_that_is_no_template_is_refused(folder, content, word):
    problems = template_problems(content, KIND)
    assert len(problems) == 1
    assert word in problems[0]
    with pytest.raises(TemplateRefused):
        folder.keep(agency="housing", kind=KIND, content=content)
    assert not folder.root.exists()


def test_a_template_that_fetches_from_elsewhere_is_refused():
    link = b'<Relationship Id="rId99" Type="x/image" Target="http://a.test/b.png" TargetMode="External"/>'
    content = rewritten("word/_rels/document.xml.rels", b"</Relationships>", link + b"</Relationships>")
    (problem,) = template_problems(content, KIND)
    assert "外部" in problem


@pytest.mark.parametrize("field", ["INCLUDEPICTURE http://a.test/b.png", "INCLUDETEXT /etc/passwd"])
def test_a_template_that_reads_other_files_while_it_is_printed_is_refused(field):
    mark = f"<w:r><w:instrText>{field}</w:instrText></w:r></w:p><w:sectPr".encode()
    content = rewritten("word/document.xml", b"</w:p><w:sectPr", mark)
    assert content != KIND.template()
    (problem,) = template_problems(content, KIND)
    assert "外部" in problem


def test_a_broken_template_gives_way_to_the_shipped_one_and_says_so(folder):
    path = folder.path_of(agency="housing", name="extension_notice.docx")
    path.parent.mkdir(parents=True)
    path.write_bytes(with_text("{{ nobody_knows }}"))
    template = folder.template_for(agency="housing", kind=KIND)
    assert template.content == KIND.template()
    assert not template.is_own
    assert "nobody_knows" in template.problems[0]


@pytest.mark.parametrize("agency", ["../housing", "", "a/b", ".hidden", "信访局"])
def test_no_code_leads_out_of_the_folder(folder, agency):
    with pytest.raises(ValueError, match="no code"):
        folder.path_of(agency=agency, name="receipt.docx")
