"""What a service says when something cannot be done: a translated sentence that the page shows."""

from __future__ import annotations


class RefusedError(Exception):
    """It cannot be done, for a reason that the user can read and act upon. Nothing was changed.

    Parameters
    ----------
    sentence
        What was expected, what came and what to do; translated.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
