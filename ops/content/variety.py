"""How varied the example questions of a topic are: many heads, or one that repeats itself."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from rapidfuzz import fuzz, process

# Words without which a question cannot be asked; they tell no topic from another.
LEAST_KEYWORD = 4
STEM = 6
# Likeness (0 to 100, words sorted) from which an example is taken for a copy of a question to measure on.
COPY = 90
LEAST_COMPARED = 3


def words(sentence: str) -> list[str]:
    """Words in lower case."""
    return re.findall(r"\w+", sentence.casefold())


def stems(sentence: str) -> set[str]:
    """Beginnings of the longer words, so that *vakantie* and *vakantiedagen* are one."""
    return {word[:STEM] for word in words(sentence) if len(word) >= LEAST_KEYWORD}


class Variety:
    """Measures of the sentences of one topic."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._sentences = sentences
        self._words = [words(sentence) for sentence in sentences]

    @cached_property
    def distinct_pairs(self) -> float:
        """Distinct-2: how many of all pairs of neighbouring words differ, 0 to 1 (Li et al., NAACL 2016)."""
        pairs = [pair for line in self._words for pair in pairwise(line)]
        return len(set(pairs)) / len(pairs) if pairs else 1.0

    @cached_property
    def distance(self) -> float:
        """Mean distance from a sentence to its nearest neighbour: the share of their words that is not common."""
        sets = [set(line) for line in self._words]
        nearest = [
            min((_distance(one, other) for place, other in enumerate(sets) if place != index), default=1.0)
            for index, one in enumerate(sets)
        ]
        return sum(nearest) / len(nearest) if nearest else 1.0

    def one_word_apart(self) -> Iterator[tuple[str, str]]:
        """Pairs that differ in no more than one word."""
        bags = [Counter(line) for line in self._words]
        for index, one in enumerate(bags):
            for place in range(index):
                other = bags[place]
                longer = max(one.total(), other.total())
                apart = max(sum((one - other).values()), sum((other - one).values()))
                if longer >= LEAST_COMPARED and apart <= 1:
                    yield self._sentences[place], self._sentences[index]


def _distance(one: set[str], other: set[str]) -> float:
    return 1 - len(one & other) / len(one | other) if one | other else 0.0


def keywords(topics: dict[str, Sequence[str]]) -> dict[str, tuple[str, float]]:
    """The word that tells a topic best, and the share of its sentences that hold it.

    That word occurs in many of the topic's sentences and in few other topics (term frequency times inverse topic
    frequency, over the first six letters).
    """
    seen = {name: Counter(stem for line in lines for stem in stems(line)) for name, lines in topics.items()}
    spread = Counter(stem for counts in seen.values() for stem in counts)
    found = {}
    for name, counts in seen.items():
        stem = max(counts, key=lambda one: (counts[one] * math.log(len(topics) / spread[one] + 1), one), default="")
        found[name] = (stem, counts[stem] / max(1, len(topics[name])))
    return found


def copies(examples: Iterable[str], questions: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Examples that are, but for a word, a question to measure on."""
    plain = [" ".join(words(question)) for question in questions]
    for example in examples:
        text = " ".join(words(example))
        hit = process.extractOne(text, plain, scorer=fuzz.token_sort_ratio, score_cutoff=COPY)
        if hit and len(text.split()) >= LEAST_COMPARED:
            yield example, questions[hit[2]]
