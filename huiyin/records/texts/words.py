"""Chinese text taken apart (切分): words to read, tokens to search by, and how alike two texts are."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from huiyin.records.texts.dictionary import dictionary

from .normalising import normalise
from .stop_words import EVERYDAY_WORDS, PARTICLES

# A token of the index is a run of Latin letters and digits, or two neighbouring characters of another script.
# Pairs of characters need no dictionary, so a street that no dictionary knows is found like any word, and the
# same text gives the same tokens whatever stands around it. Particles cut the runs, which saves a third.
_RUN = re.compile(r"[a-z0-9]+|[^\W\x00-\x7f_]+")
_PARTICLES_AWAY = str.maketrans({particle: " " for particle in PARTICLES})

LONGEST_TOKEN = 40
LONGEST_QUERY = 200
MOST_TOKENS = 20_000
_DICTIONARY_TOTAL = 60_000_000


def words_of(text: str) -> list[str]:
    """The words of a text in reading order (分词), longer words followed by the shorter ones inside them."""
    return [word for word in dictionary().cut_for_search(normalise(text)) if _RUN.fullmatch(word)]


def index_text(*parts: str) -> str:
    """The searchable tokens of a text (索引词), each once, separated by single spaces.

    At most 20,000 tokens are kept, which is a text of some 40,000 characters: PostgreSQL takes no more than
    1 MB of them, and nobody looks a petition up by its fortieth page.
    """
    found: dict[str, None] = {}
    for part in parts:
        found.update(dict.fromkeys(tokens_of(normalise(part))))
        if len(found) >= MOST_TOKENS:
            break
    return " ".join(list(found)[:MOST_TOKENS])


def tokens_of(normalised: str) -> Iterator[str]:
    """The index tokens of an already normalised text (字对), in reading order, repeats included."""
    for run in _RUN.findall(normalised.translate(_PARTICLES_AWAY)):
        if len(run) <= 2 or run[0] < "\x7f":
            yield run[:LONGEST_TOKEN]
        else:
            yield from map("".join, pairwise(run))


def query_words(text: str) -> list[list[str]]:
    """What a user typed as words to find (检索词), each as its index tokens; `水*` means any token so begun.

    A word matches wherever it stands; characters that form no known word must stand together as typed. A
    single character finds the words that begin with it. The first 200 characters count.
    """
    words: list[list[str]] = []
    for run in _RUN.findall(normalise(text)[:LONGEST_QUERY].translate(_PARTICLES_AWAY)):
        if run[0] < "\x7f":
            words.append([run[:LONGEST_TOKEN]])
        elif len(run) == 1:
            words.append([f"{run}*"])
        else:
            words.extend(["".join(pair) for pair in pairwise(piece)] for piece in _pieces(run))
    return words


def _pieces(run: str) -> Iterator[str]:
    """Known words and stretches of unknown characters of a run (词与字串), none shorter than two."""
    start = 0
    for known, group in groupby(dictionary().cut(run, False), key=lambda word: len(word) > 1):
        words = list(group)
        end = start + sum(map(len, words))
        if known:
            yield from words
        elif end - start > 1:
            yield run[start:end]
        else:  # one character between two words: with the next, or else with the one before
            yield run[start : start + 2] if end < len(run) else run[start - 1 : end]
        start = end


def salient_words(text: str, limit: int = 12) -> list[str]:
    """The words that tell this matter from others (特征词), most telling first.

    Rare in the language, long, a name or a number, said more than once: such a word goes first. Words of the
    petitioner's everyday vocabulary (小区, 业主, 领导) go last although general dictionaries think them rare.
    """
    normalised = normalise(text)
    counts = Counter(_candidates(normalised))
    weights = {word: _telling(word) * (1 + math.log(count)) for word, count in counts.items()}
    ranked = sorted(weights, key=lambda word: (-weights[word], word))
    return ranked[:limit]


def similarity(one: str, other: str) -> float:
    """How alike two texts are (相似度), 0 to 1: the cosine of their character pairs, rare ones weigh more."""
    return cosine(shape_of(one), shape_of(other))


def shape_of(text: str) -> dict[str, float]:
    """A text as weighted character pairs of length one (文本向量), for comparing one text with many."""
    counts = Counter(tokens_of(normalise(text)))
    weights = {token: (1 + math.log(count)) * _telling(token) for token, count in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {token: weight / length for token, weight in weights.items()} if length else {}


def cosine(one: dict[str, float], other: dict[str, float]) -> float:
    """The cosine of two shapes (余弦相似度), 0 to 1."""
    short, long = sorted((one, other), key=len)
    return min(1.0, sum(weight * long.get(token, 0.0) for token, weight in short.items()))


def _candidates(normalised: str) -> Iterable[str]:
    for word in dictionary().cut(normalised):
        if len(word) >= 2 and _RUN.fullmatch(word) and not word.isdecimal():
            yield word[:LONGEST_TOKEN]


def _telling(word: str) -> float:
    if word in EVERYDAY_WORDS:
        return 0.5
    frequency = dictionary().suggest_freq(word) if dictionary().has_word(word) else 1
    return math.log(_DICTIONARY_TOTAL / frequency) / 10
