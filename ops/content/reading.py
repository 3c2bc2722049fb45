"""How hard a Dutch text is to read."""

import re
from dataclasses import dataclass
from functools import cached_property

# Spellings of one vowel sound, the longest first; any other vowel is a sound by itself.
SOUND = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|éé|óó|oo|uu|oe|eu|ui|ij|ei|au|ou|ie|[aeiouyáéíóúàèìòùäëïöüâêîôû]", re.I)
WORD = re.compile(r"[\w'’-]+")
# An address is read as one word, and its dots end no sentence.
ADDRESS = re.compile(r"https?://\S+|\S+@\S+")
ITEM = re.compile(r"^(?:- |\d+\. )", re.M)
INNER_POINT = re.compile(r"(?<=\d)[.,](?=\d)")
END = re.compile(r"(?<=[.!?])\s+|(?<=:)\n|\n+")


@dataclass(frozen=True)
class Reading:
    """A text cut in sentences: a line of a list is one."""

    text: str

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences that hold a word."""
        text = INNER_POINT.sub("", ITEM.sub("", ADDRESS.sub("adres.", self.text)))
        return [sentence for sentence in END.split(text) if WORD.search(sentence)]

    @cached_property
    def words(self) -> int:
        """Number of words."""
        return sum(length(sentence) for sentence in self.sentences)

    @cached_property
    def ease(self) -> float:
        """Reading ease: 0 is very hard, 100 very easy, 60 is what most people read without trouble.

        Source: Douma, De leesbaarheid van landbouwbladen (1960), his fitting of Flesch's formula to Dutch:
        206.84 - 0.93 x (words per sentence) - 77 x (syllables per word).
        """
        if not self.words:
            return 100.0
        sounds = sum(syllables(word) for sentence in self.sentences for word in WORD.findall(sentence))
        return 206.84 - 0.93 * self.words / len(self.sentences) - 77 * sounds / self.words

    @cached_property
    def longest(self) -> str:
        """The sentence with the most words."""
        return max(self.sentences, key=length, default="")


def length(sentence: str) -> int:
    """Number of words of a sentence."""
    return len(WORD.findall(sentence))


def syllables(word: str) -> int:
    """Number of vowel sounds, at least one."""
    return max(1, len(SOUND.findall(word)))
