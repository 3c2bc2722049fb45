"""Make scores of a classifier mean what they say: 0.8 is right in eight of ten cases."""

import numpy as np
from scipy.optimize import minimize_scalar


def softmax(scores: np.ndarray, sharpness: float) -> np.ndarray:
    """Probabilities of shape (sentences, labels) from scores of that shape."""
    scaled = scores * sharpness
    scaled -= scaled.max(axis=1, keepdims=True)
    powers = np.exp(scaled)
    return powers / powers.sum(axis=1, keepdims=True)


def fit_sharpness(scores: np.ndarray, labels: np.ndarray) -> float:
    """The sharpness under which held-out labels are likeliest (temperature scaling, Guo et al., ICML 2017).

    Args:
        scores: of sentences that the classifier was not trained on, shape (sentences, labels).
        labels: column of the right label, shape (sentences,).
    """
    rows = np.arange(len(labels))

    def surprise(log_sharpness: float) -> float:
        right = softmax(scores, float(np.exp(log_sharpness)))[rows, labels]
        return float(-np.log(np.clip(right, 1e-12, None)).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(-2.0, 5.0), method="bounded").x))
