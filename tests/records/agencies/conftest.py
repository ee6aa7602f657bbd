"""A small county of its own for the tests of the reference data."""

from pathlib import Path

import pytest

REGIONS = """
regions = [
  { code = "990199000000", name = "试验县", name_en = "Trial County" },
  { code = "990199100000", name = "东镇", name_en = "East Town" },
  { code = "990199100201", name = "东一村", name_en = "East Village One" },
  { code = "990199200000", name = "西乡" },
]
"""
CLASSES = """
classes = [
  { code = "01", name = "自然资源", name_en = "Natural resources", version = "2023" },
  { code = "0101", name = "土地征收", parent_code = "01", version = "2023" },
  { code = "02", name = "城乡建设", version = "2023" },
]
"""
AGENCIES = """
[[agencies]]
code = "root"
name = "县委县政府"
short_name = "县"
kind = "county"
region_code = "990199000000"
takes_petitions = false

[[agencies]]
code = "land"
name = "县自然资源局"
name_en = "County Natural Resources Bureau"
short_name = "资源局"
kind = "department"
parent_code = "root"
region_code = "990199000000"
document_word = "试资"
reception_place = "县府路1号"
reception_hours = "工作日"
phone = "0999-1"
postal_address = "县府路1号"
remits = ["自然资源"]

[[agencies]]
code = "east"
name = "东镇人民政府"
short_name = "东镇"
kind = "township"
parent_code = "root"
region_code = "990199100000"
takes_petitions = false
remits = ["01", "城乡建设"]

[[agencies]]
code = "east-one"
name = "东一村村委会"
short_name = "东一村"
kind = "village"
parent_code = "east"
region_code = "990199100201"
takes_petitions = false

[[agencies]]
code = "office"
name = "县信访局"
short_name = "信访局"
kind = "petition_office"
profile = "petition-office"
parent_code = "root"
region_code = "990199000000"
takes_petitions = false
remits = ["01", "02"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of the trial county."""
    for name, content in (("regions", REGIONS), ("classes", CLASSES), ("agencies", AGENCIES)):
        (tmp_path / f"{name}.toml").write_text(content, encoding="utf-8")
    return tmp_path
