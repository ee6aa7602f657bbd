"""Promises about words, tokens and likeness."""

from hypothesis import given
from hypothesis import strategies as st

from huiyin.records.texts import index_text, salient_words, similarity, words_of
from huiyin.records.texts.words import LONGEST_TOKEN, MOST_TOKENS

LETTER = (
    "尊敬的领导:我是青溪镇杨柳湾村村民,去年冬天以来,村口的永盛砂石厂夜里一直开工,粉尘落满屋顶,噪音让老人睡不着。"
    "我们多次拨打热线,至今没有答复。希望有关部门查处永盛砂石厂,还我们一个安静的杨柳湾。"
)
SAME = "杨柳湾村口那家永盛砂石厂又在半夜开工了,粉尘噪音都很大,请管一管。"
OTHER = "县城中学门口放学时车辆乱停,堵得厉害,请交警来疏导。"


def test_words_come_in_reading_order_without_punctuation():
    assert words_of("拖欠農民工工資,怎麼辦?") == words_of("拖欠农民工工资 怎么办")
    assert words_of("拖欠农民工工资")[0] == "拖欠"


def test_index_tokens_are_pairs_of_characters_and_whole_numbers():
    assert index_text("砂石厂 12栋") == "砂石 石厂 12 栋"


def test_particles_cut_the_text_and_are_not_indexed():
    assert index_text("我们的水费") == "水费"


def test_each_token_is_indexed_once():
    assert index_text("水费", "水费、水费") == "水费"


def test_traditional_and_simplified_script_get_the_same_tokens():
    assert index_text("學校門口違規停車") == index_text("学校门口违规停车")


def test_a_very_long_text_stays_within_what_postgresql_takes():
    steps = "".join(chr(0x4E00 + number * step % 20_000) for step in (7919, 6133) for number in range(20_000))
    indexed = index_text("a" * 5000, steps)
    lengths = [len(token) for token in indexed.split(" ")]
    assert (len(lengths), max(lengths)) == (MOST_TOKENS, LONGEST_TOKEN)
    assert len(indexed.encode()) < 2**20


@given(st.text(alphabet=st.characters()))
def test_tokens_are_letters_and_digits_whatever_is_written(text):
    tokens = index_text(text)
    assert tokens == "" or all(token.isalnum() or token.isidentifier() for token in tokens.split(" "))


def test_the_place_and_the_culprit_are_salient_and_courtesies_are_not():
    words = salient_words(LETTER)
    assert any("永盛" in word for word in words)
    assert {"砂石", "粉尘", "噪音"} & set(words)
    assert not {"领导", "希望", "有关部门", "村民", "答复"} & set(words)


def test_salient_words_do_not_depend_on_script_or_run():
    assert salient_words("學校門口違規停車") == salient_words("学校门口违规停车")
    assert salient_words(LETTER) == salient_words(LETTER)


def test_the_same_matter_is_more_alike_than_another():
    assert similarity(LETTER, SAME) > 3 * similarity(LETTER, OTHER)


@given(st.text(), st.text())
def test_likeness_is_mutual_and_between_nothing_and_all(one, other):
    likeness = similarity(one, other)
    assert 0 <= likeness <= 1
    assert abs(likeness - similarity(other, one)) < 1e-9


def test_a_text_is_wholly_like_itself_and_not_like_an_empty_one():
    assert similarity(LETTER, LETTER) > 0.999
    assert similarity(LETTER, "") == 0
