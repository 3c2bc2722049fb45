"""Another language is heard, and Flemish chat is never taken for one."""

import builtins
from typing import Any

import pytest
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.training_data.message import Message

from answers.content import DATA, read_yaml, topics
from nlu import language
from nlu.language import LANGUAGES, LanguageDetector


@pytest.fixture(scope="module")
def detector() -> LanguageDetector:
    return LanguageDetector(LanguageDetector.get_default_config())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("How many hours does my son work each week?", "en"),
        ("Combien d'heures est-ce que je travaille par semaine ?", "fr"),
        ("Wie viele Stunden muss ich in der Woche arbeiten?", "de"),
        ("Haftada kaç saat çalışmam gerekiyor ve ne kadar para alırım?", "tr"),
        ("Скільки годин на тиждень я маю працювати?", "uk"),
        ("wie moek bellen als kik ni kan komen werken", "nl"),
        ("chatbot of persoon?", "nl"),
        ("fitnesscoach duale opleiding school", "nl"),
        ("huh leg da nekeer simpeler uit man", "nl"),
        ("ok", "nl"),
        ("ok merci é", "nl"),
        ("merci voor de uitleg hé", "nl"),
        ("merci beaucoup pour votre réponse", "fr"),
        ("", "nl"),
        ("🙂", "nl"),
    ],
)
def test_languages(detector: LanguageDetector, text: str, code: str) -> None:
    assert detector.language_of(text) == code


def test_hardly_an_example_is_taken_for_another_language(detector: LanguageDetector) -> None:
    sentences = [sentence for topic in topics() for sentence in topic.examples]
    foreign = [sentence for sentence in sentences if detector.language_of(sentence) != "nl"]
    assert len(foreign) / len(sentences) < 0.002, foreign


def test_the_message_carries_it_on(detector: LanguageDetector) -> None:
    message = Message({"text": "What is a mentor for?"})
    detector.process([message])
    assert message.as_dict(only_output_properties=True)["taal"] == "en"


def test_every_language_has_its_line() -> None:
    assert set(read_yaml(DATA / "languages.yml")) == set(LANGUAGES) - {"nl"}


def test_without_the_package_it_says_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("py3langid"):
            raise ImportError(name)
        return whole(name, *rest, **more)

    language._identifier.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(RasaException, match="make setup"):
        LanguageDetector(LanguageDetector.get_default_config())
    language._identifier.cache_clear()
