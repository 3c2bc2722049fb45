"""Check every topic: complete, dated, sourced, short, readable, with figures by name. A table, and what to mend."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from answers.content import BadContent, examples_by_label
from answers.guide import FILE
from ops.content.checks import Fault, check
from ops.content.report import page, table
from ops.content.variety import copies
from ops.report import Stopped, fail, step
from ops.settings import PROJECT

GUIDE = Path(FILE)
PAGE = PROJECT / "docs" / "quality" / "content.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: ``python -m ops.check_content``; 1 when something has to be mended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", action="store_true", help=f"also write {PAGE.relative_to(PROJECT)}")
    parser.add_argument("--against", metavar="BESTAND", type=Path, help="no example may copy a line of this evaluation")
    parser.add_argument("--only", metavar="ONDERWERP", help="show one topic only")
    options = parser.parse_args(arguments)
    try:
        topics, faults = check(date.today())
        if options.against:
            faults += copied(options.against)
    except BadContent as problem:
        return fail(Stopped(str(problem)))
    except Stopped as problem:
        return fail(problem)
    if options.only:
        topics = [topic for topic in topics if topic.name == options.only]
        faults = [fault for fault in faults if fault.topic == options.only]
        if not topics and options.only != GUIDE.stem:
            return fail(Stopped(f"Er is geen onderwerp {options.only}. De naam is die van het bestand in data/faq."))
    print(table(topics, faults))
    if options.report:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page(topics, faults), encoding="utf-8")
        step(f"{PAGE.relative_to(PROJECT)} geschreven")
    if faults:
        paths = {topic.name: topic.path.relative_to(PROJECT) for topic in topics} | {GUIDE.stem: Path("data") / GUIDE}
        print(
            *(told(fault, paths.get(fault.topic, Path("data") / fault.topic)) for fault in faults),
            sep="\n",
            file=sys.stderr,
        )
        counts = ", ".join(f"{rule} {count}" for rule, count in Counter(fault.rule for fault in faults).most_common())
        return fail(Stopped(f"{len(faults)} dingen te verbeteren ({counts}). docs/redactie.md legt uit hoe."))
    step(f"{len(topics)} onderwerpen in orde")
    return 0


def copied(path: Path) -> list[Fault]:
    """Examples of topics and tasks that are, but for a word, a line of the file that the model is measured on."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        questions = [str(json.loads(line)["text"]) for line in lines if line.strip()]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Stopped(f"{path} kan niet gelezen worden als JSON per regel met text: {error}") from error
    advice = "Dit is een vraag om op te meten: haal het voorbeeld weg."
    return [
        Fault(label, "kopie", f"{example} / {question}", advice)
        for label, examples in examples_by_label().items()
        for example, question in copies(examples, questions)
    ]


def told(fault: Fault, path: Path) -> str:
    """One line: where, what, and how to mend it."""
    words = " ".join(fault.words.split())
    return f'{path}: {fault.rule} "{words[:70]}{"…" if len(words) > 70 else ""}": {fault.advice}'


if __name__ == "__main__":
    sys.exit(main())
