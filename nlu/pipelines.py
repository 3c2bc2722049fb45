"""Which spaCy pipeline serves: a decision that needs neither spaCy nor Rasa to be loaded."""

from importlib.metadata import PackageNotFoundError, version

# Built from installed packages alone: spaCy's Dutch tokenizer with the lemma table of spacy-lookups-data.
BUILT_IN = "nl (tokenizer, lemmas)"


def installed_version(package: str) -> str | None:
    """Version of an installed package, None where it is missing."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def choose_pipeline(wanted: str) -> dict[str, str]:
    """Name and version of the pipeline to train with: the wanted package where installed, else the built-in one."""
    found = installed_version(wanted)
    if found:
        return {"pipeline": wanted, "version": found}
    return {"pipeline": BUILT_IN, "version": installed_version("spacy") or ""}
