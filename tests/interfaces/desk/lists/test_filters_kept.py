"""Filters that a person keeps."""

from huiyin.casework.cases.filters import filters_of


def test_a_filter_is_kept_under_its_name_and_leads_back(desk, people):
    client = desk("clerk")
    answer = client.post("/desk/lists/all/filters/?channel=letter&after=5", {"name": "来信"})
    assert answer.status_code == 302
    kept = filters_of(people["clerk"])
    assert [(one.name, one.list_name, one.query) for one in kept] == [("来信", "all", "channel=letter")]
    assert "来信" in client.get("/desk/").content.decode()
    assert client.get(f"/desk/lists/all/?{kept[0].query}").context["is_narrowed"]


def test_the_same_name_replaces_the_filter(desk, people):
    client = desk("clerk")
    for channel in ("letter", "call"):
        client.post(f"/desk/lists/all/filters/?channel={channel}", {"name": "常看"})
    assert [one.query for one in filters_of(people["clerk"])] == ["channel=call"]


def test_an_empty_filter_is_refused_in_words(desk, people):
    answer = desk("clerk").post("/desk/lists/all/filters/", {"name": "空"})
    assert answer.status_code == 422
    assert filters_of(people["clerk"]) == ()


def test_nobody_forgets_the_filter_of_somebody_else(desk, people):
    desk("clerk").post("/desk/lists/all/filters/?channel=letter", {"name": "我的"})
    kept = filters_of(people["clerk"])[0]
    assert desk("npc_clerk").post(f"/desk/filters/{kept.id}/delete/").status_code == 404
    assert desk("clerk").post(f"/desk/filters/{kept.id}/delete/").status_code == 302
    assert filters_of(people["clerk"]) == ()
