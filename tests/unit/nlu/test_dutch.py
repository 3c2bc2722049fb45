"""The model records which spaCy pipeline it was trained with, and says so when that one is missing."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import spacy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu import dutch
from nlu.dutch import RECORD, DutchPipelineMissing, DutchTokenizer
from nlu.pipelines import BUILT_IN, choose_pipeline

CONTEXT = ExecutionContext(GraphSchema({}))
RESOURCE = Resource("tokenizer")
# As spaCy writes it into the packages that it builds.
PACKAGE = """
from spacy.util import load_model_from_init_py


def load(**overrides):
    return load_model_from_init_py(__file__, **overrides)
"""


def config(model: str) -> dict[str, Any]:
    return {**DutchTokenizer.get_default_config(), "model": model}


def train_and_load(storage: LocalModelStorage, model: str) -> DutchTokenizer:
    DutchTokenizer.create(config(model), storage, RESOURCE, CONTEXT).train(TrainingData())
    return DutchTokenizer.load(config(model), storage, RESOURCE, CONTEXT)


@pytest.fixture()
def storage(tmp_path: Path) -> LocalModelStorage:
    folder = tmp_path / "model"
    folder.mkdir()
    return LocalModelStorage.create(folder)


@pytest.fixture()
def small_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package of that name around a blank Dutch pipeline: it proves the wiring, not the real model's worth."""
    root = tmp_path / "site"
    package = root / "nl_core_news_sm"
    nlp = spacy.blank("nl", meta={"name": "core_news_sm", "version": "3.4.0"})
    package.mkdir(parents=True)
    nlp.to_disk(package / "nl_core_news_sm-3.4.0")
    shutil.copy(package / "nl_core_news_sm-3.4.0" / "meta.json", package)
    (package / "__init__.py").write_text(PACKAGE, encoding="utf-8")
    # What an installer would leave beside the package.
    info = root / "nl_core_news_sm-3.4.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: nl_core_news_sm\nVersion: 3.4.0\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(root))
    return "nl_core_news_sm"


def test_without_the_package_the_built_in_pipeline_gives_tokens_and_lemmas(storage: LocalModelStorage) -> None:
    tokenizer = train_and_load(storage, "no_such_model_sm")
    message = tokenizer.process([Message({"text": "Mijn leerlingen herstellen auto's  in Gent."})])[0]
    assert [(token.text, token.lemma) for token in message.get("text_tokens")][1:4] == [
        ("leerlingen", "leerling"),
        ("herstellen", "herstellen"),
        ("auto's", "auto"),
    ]


def test_with_the_package_it_serves_and_is_recorded(storage: LocalModelStorage, small_package: str) -> None:
    tokenizer = train_and_load(storage, small_package)
    with storage.read_from(RESOURCE) as folder:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    assert record == {"pipeline": "nl_core_news_sm", "version": "3.4.0"}
    message = tokenizer.process([Message({"text": "kapper in Gent"})])[0]
    assert [token.text for token in message.get("text_tokens")] == ["kapper", "in", "Gent"]


def test_another_choice_means_another_training(small_package: str) -> None:
    with_package = DutchTokenizer.fingerprint_addon(config(small_package))
    assert with_package != DutchTokenizer.fingerprint_addon(config("no_such_model_sm"))


def test_a_model_of_a_missing_pipeline_says_what_to_do(storage: LocalModelStorage) -> None:
    with storage.write_to(RESOURCE) as folder:
        (folder / RECORD).write_text('{"pipeline": "nl_core_news_sm", "version": "3.4.0"}', encoding="utf-8")
    with pytest.raises(DutchPipelineMissing, match=r"nl_core_news_sm 3\.4\.0, but it is not installed.*make train"):
        DutchTokenizer.load(config("nl_core_news_sm"), storage, RESOURCE, CONTEXT)


def test_a_model_of_another_version_says_so(storage: LocalModelStorage, small_package: str) -> None:
    with storage.write_to(RESOURCE) as folder:
        (folder / RECORD).write_text('{"pipeline": "nl_core_news_sm", "version": "3.1.0"}', encoding="utf-8")
    with pytest.raises(DutchPipelineMissing, match=r"3\.1\.0, but version 3\.4\.0 is installed"):
        DutchTokenizer.load(config(small_package), storage, RESOURCE, CONTEXT)


def test_missing_lemmas_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_tables(_: str) -> Any:
        class Blank:
            def add_pipe(self, *args: Any, **kwargs: Any) -> None: ...

            def initialize(self) -> None:
                raise ValueError("[E955] Can't find table(s)")

        return Blank()

    monkeypatch.setattr(dutch.spacy, "blank", no_tables)
    with pytest.raises(DutchPipelineMissing, match="spacy-lookups-data"):
        dutch.build_in_pipeline()


def test_the_choice_follows_what_is_installed(small_package: str) -> None:
    assert choose_pipeline(small_package)["pipeline"] == small_package
    assert choose_pipeline("no_such_model_sm") == {"pipeline": BUILT_IN, "version": spacy.__version__}
