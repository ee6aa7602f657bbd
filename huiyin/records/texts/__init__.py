"""Chinese text: one shape for comparing, words for searching (文字)."""

from .normalising import Cleaned, clean, normalise
from .words import cosine, index_text, salient_words, shape_of, similarity, words_of

__all__ = [
    "Cleaned",
    "clean",
    "cosine",
    "index_text",
    "normalise",
    "salient_words",
    "shape_of",
    "similarity",
    "words_of",
]
