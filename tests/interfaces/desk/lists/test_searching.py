"""Search on the desk: both scripts, numbers, places, highlighted and escaped."""

import pytest

from huiyin.casework.cases.searching import excerpt, places_named, words_wanted
from huiyin.records.agencies.selectors import region_directory
from tests.factories.cases import a_receipt


def found(client, words) -> list[str]:
    return [result["line"].number for result in client.get("/desk/search/", {"q": words}).context["results"]]


@pytest.mark.parametrize("words", ["水渠", "水渠 稻子", "灌溉水渠", "溉水", "西坡"])
def test_words_find_a_matter_wherever_they_stand(desk, people, at, words):
    receipt = a_receipt(people, at, text="西坡的灌溉水渠塌了三年，稻子没水。")
    a_receipt(people, at)
    assert found(desk("clerk"), words) == [receipt.number]


@pytest.mark.parametrize(("typed", "text"), [("徵地補償", "征地补偿款没发"), ("征地补偿", "徵地補償款沒發")])
def test_traditional_and_simplified_script_find_each_other(desk, people, at, typed, text):
    receipt = a_receipt(people, at, text=text)
    assert receipt.number in found(desk("clerk"), typed)


def test_numbers_lead_to_their_matter(desk, people, at):
    receipt = a_receipt(
        people, at, channel="superior", superior_number="省信〔2026〕88号", evidence={"superior_name": "省局"}
    )
    a_receipt(people, at)
    client = desk("clerk")
    assert found(client, receipt.number) == [receipt.number]
    assert found(client, receipt.number.replace("-", "")) == [receipt.number]
    assert found(client, "省信〔2026〕88号") == [receipt.number]


def test_a_superiors_number_is_found_within_the_scope_only(desk, people, at):
    a_receipt(people, at, channel="superior", superior_number="省信88", evidence={"superior_name": "省局"})
    assert found(desk("housing_handler"), "省信88") == []


def test_scripts_in_a_petition_stay_text(desk, people, at):
    a_receipt(people, at, text="补偿款<script>alert(1)</script>没有发")
    page = desk("clerk").get("/desk/search/?q=补偿款").content.decode()
    assert "<script>alert" not in page
    assert "<mark>补偿款</mark>" in page


def test_a_place_that_is_named_offers_its_list(desk, people):
    region = next(one for one in region_directory().active() if one.level == "village")
    assert region.code in places_named(region.name)
    page = desk("clerk").get("/desk/search/", {"q": region.name})
    assert any(region.code in link.url for link in page.context["places"])


def test_the_excerpt_stands_around_the_hit():
    text = "甲" * 200 + "补偿款" + "乙" * 200
    pieces = excerpt(text, words_wanted("补偿款"))
    assert ("补偿款", True) in pieces
    assert "".join(piece for piece, _hit in pieces).startswith("…甲")
    assert len("".join(piece for piece, _hit in pieces)) < 150


def test_traditional_words_are_marked_in_a_simplified_text():
    assert ("补偿", True) in excerpt("土地补偿没有发", words_wanted("補償"))


@pytest.mark.parametrize(
    "words", ["' OR 1=1 --", '"', "*", "水渠'; DROP TABLE cases_case; --", "%%", "a" * 500, "水\x00渠"]
)
def test_no_query_breaks_the_search(desk, people, words):
    assert desk("clerk").get("/desk/search/", {"q": words}).status_code == 200


def test_search_pages_follow_one_another(desk, people, at):
    made = [a_receipt(people, at).number for _case in range(33)]
    client = desk("clerk")
    first = client.get("/desk/search/?q=补偿款")
    second = client.get(first.context["pager"].next_url)
    seen = [one["line"].number for page in (first, second) for one in page.context["results"]]
    assert sorted(seen) == sorted(made)
