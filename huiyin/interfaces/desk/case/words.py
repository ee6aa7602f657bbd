"""Words that must follow the language of the page, as late as possible (随语言而变的文字)."""

from django.utils.functional import lazy

from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.parts import Text
from huiyin.law.lifecycle import Step

_step = lazy(labels.step, str)


def text_of_step(step: Step) -> Text:
    """The name of a step in the language the page turns out to have."""
    return _step(step.value)
