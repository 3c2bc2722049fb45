"""Read CSV files as people and offices deliver them: comma or semicolon, CRLF or LF, with or without a BOM."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from catalog.importing.records import Fault, Unusable, Where

SEPARATORS = ",;\t"
Row = dict[str, str]
# A first line by which Excel is told how to read the file.
TELLS_SEPARATOR = re.compile(r"^\"?sep=(?P<sign>.)\"?$", re.IGNORECASE)


class _Start(NamedTuple):
    """The line with the names of the columns, its number, and the sign between the cells."""

    names: str
    line: int
    separator: str


def _start(handle: Iterator[str]) -> _Start:
    first = next(handle, "")
    if told := TELLS_SEPARATOR.match(first.rstrip("\r\n")):
        return _Start(next(handle, ""), 2, told["sign"])
    return _Start(first, 1, separator(first))


def header(path: Path) -> list[str]:
    """Names of the columns, in small letters.

    Raises:
        Unusable: no such file, not UTF-8, empty, or a column that stands there twice.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            start = _start(handle)
    except FileNotFoundError as error:
        raise Unusable(f"{path.name}: no such file in {path.parent}") from error
    except UnicodeDecodeError as error:
        raise _not_utf8(path) from error
    first = start.names
    if not first.strip():
        raise Unusable(
            f"{path.name}, line {start.line}: the file is empty; expected a row with the names of the columns"
        )
    names = ["_".join(name.casefold().split()) for name in next(csv.reader([first], delimiter=start.separator))]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Unusable(f"{path.name}, line {start.line}: column {', '.join(twice)} stands there twice; keep one")
    return names


def separator(line: str) -> str:
    """The sign between the cells: the one that the header holds most of."""
    return max(SEPARATORS, key=line.count)


def rows(path: Path, required: tuple[str, ...] = ()) -> Iterator[tuple[Row, Where] | Fault]:
    """Rows with the place where they stand; cells are stripped. A row with too few or too many cells is a fault.

    Raises:
        Unusable: the file as a whole cannot be trusted: not UTF-8, a column missing, quotes that do not match, cut off.
    """
    names = header(path)
    missing = [column for column in required if column not in names]
    if missing:
        raise Unusable(
            f"{path.name}, line 1: column {', '.join(missing)} is missing; the file has the columns {', '.join(names)}"
        )
    _whole(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            yield from _rows(path, handle, names)
    except UnicodeDecodeError as error:
        raise _not_utf8(path) from error


def _rows(path: Path, handle: Iterator[str], names: list[str]) -> Iterator[tuple[Row, Where] | Fault]:
    start = _start(handle)
    reader = csv.reader(handle, delimiter=start.separator, strict=True)
    line = start.line + 1
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if len(cells) != len(names) and any(cells):
                yield _uneven(path, line, cells, names)
            elif any(cells):
                yield dict(zip(names, cells, strict=True)), Where(path.name, line)
            line = reader.line_num + start.line + 1
    except csv.Error as error:
        raise Unusable(
            f"{path.name}, line {line}: cannot be read as CSV ({error}); a quotation mark that opens must close, and "
            "one within a cell is written twice. Or the file was cut off: fetch it again"
        ) from error


def _uneven(path: Path, line: int, cells: list[str], names: list[str]) -> Fault:
    """Names the first column that has no cell, or the first cell that has no column."""
    reason = f"the number of cells differs from the header: {len(cells)} instead of {len(names)}"
    if len(cells) < len(names):
        return Fault(path.name, line, names[len(cells)], None, reason)
    return Fault(path.name, line, names[-1], cells[len(names)], reason)


def _whole(path: Path) -> None:
    """Every program that writes CSV ends the last line; a file that was cut off hardly ever does."""
    with path.open("rb") as handle:
        handle.seek(-1, 2)
        if handle.read(1) not in b"\r\n":
            line = sum(1 for _ in path.open("rb"))
            raise Unusable(
                f"{path.name}, line {line}: the last line has no line end, so the file seems cut off; fetch it again, "
                "or, when it is whole, put an empty line at the end"
            )


def _not_utf8(path: Path) -> Unusable:
    with path.open("rb") as handle:
        for number, line in enumerate(handle, start=1):
            try:
                line.decode()
            except UnicodeDecodeError as error:
                bad = line[error.start : error.start + 1].hex()
                return Unusable(f"{path.name}, line {number}: not UTF-8 (byte 0x{bad}); save it as CSV UTF-8")
    return Unusable(f"{path.name}: not UTF-8; save it as CSV UTF-8")
