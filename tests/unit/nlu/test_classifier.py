"""One decision over topics and tasks, in the places where Rasa's tools look."""

import re
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.classifier import QuestionClassifier

CONTEXT = ExecutionContext(GraphSchema({}))
RESOURCE = Resource("classifier")
EXAMPLES = {
    "faq/oao": ["wat is een oao", "oao uitleg", "contract met loon uitgelegd", "overeenkomst alternerende opleiding"],
    "faq/vakantie": ["hoeveel vrije dagen", "vakantie op het werk", "ben ik vrij in juli", "krijg ik congé"],
    "groet": ["hallo", "goeiemorgen", "dag bot", "heey"],
}


def tokenized(data: dict[str, Any]) -> Message:
    words = [Token(match.group(), match.start(), lemma=match.group()) for match in re.finditer(r"\S+", data["text"])]
    return Message({**data, "text_tokens": words})


def examples() -> list[Message]:
    made = []
    for label, texts in EXAMPLES.items():
        intent, _, key = label.partition("/")
        for text in texts:
            data: dict[str, Any] = {
                "text": text,
                "intent": intent,
                "metadata": {"intent": {"titel": f"Titel {label}?"}},
            }
            made.append(tokenized({**data, **({"intent_response_key": label} if key else {})}))
    return made


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> QuestionClassifier:
    folder = tmp_path_factory.mktemp("classifier")
    storage = LocalModelStorage.create(folder)
    config = {**QuestionClassifier.get_default_config(), "folds": 2, "vector_cache": str(folder / "vectors.npz")}
    QuestionClassifier.create(config, storage, RESOURCE, CONTEXT).train(TrainingData(examples()))
    return QuestionClassifier.load(config, storage, RESOURCE, CONTEXT)


def parse(classifier: QuestionClassifier, text: str) -> Message:
    return classifier.process([tokenized({"text": text})])[0]


def test_a_topic_stands_where_rasa_looks_for_it(trained: QuestionClassifier) -> None:
    message = parse(trained, "hoeveel vrije dagen heb ik in de vakantie")
    assert message.get("intent")["name"] == "faq"
    chosen = message.get("response_selector")["faq"]["response"]
    assert (chosen["intent_response_key"], chosen["utter_action"]) == ("faq/vakantie", "utter_faq/vakantie")
    assert message.get("response_selector")["default"]["response"] == chosen
    assert message.get("intent")["confidence"] == chosen["confidence"]


def test_a_task_is_an_intent(trained: QuestionClassifier) -> None:
    message = parse(trained, "hallo daar")
    assert message.get("intent")["name"] == "groet"
    assert message.get("intent_ranking")[0]["name"] == "groet"


def test_the_decision_ranks_labels_with_titles_and_adds_up_to_one(trained: QuestionClassifier) -> None:
    decision = parse(trained, "iets heel anders").get("decision")
    assert {choice["label"] for choice in decision} == set(EXAMPLES)
    assert all(choice["titel"] == f"Titel {choice['label']}?" for choice in decision)
    confidences = [choice["confidence"] for choice in decision]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize("text", ["Wat is een OAO", "wat is een oao??", "  WAT IS EEN OAO! "])
def test_a_known_sentence_is_certain_whatever_its_case_and_signs(trained: QuestionClassifier, text: str) -> None:
    assert parse(trained, text).get("decision")[0]["confidence"] == 1.0


def test_a_title_is_certain(trained: QuestionClassifier) -> None:
    assert parse(trained, "Titel faq/oao?").get("decision")[0] == {
        "label": "faq/oao",
        "titel": "Titel faq/oao?",
        "confidence": 1.0,
    }


@pytest.mark.parametrize("text", ["", " ", "🙂", "x" * 5000])
def test_odd_texts_get_a_decision_too(trained: QuestionClassifier, text: str) -> None:
    assert parse(trained, text).get("intent")["name"] in ("faq", "groet")


def test_too_few_examples_are_named(tmp_path: Path) -> None:
    config = {**QuestionClassifier.get_default_config(), "dense_weight": 0}
    classifier = QuestionClassifier.create(config, LocalModelStorage.create(tmp_path), RESOURCE, CONTEXT)
    few = [*examples(), tokenized({"text": "doei", "intent": "afscheid"})]
    with pytest.raises(RasaException, match="at least 5 examples each; too few: afscheid"):
        classifier.train(TrainingData(few))
