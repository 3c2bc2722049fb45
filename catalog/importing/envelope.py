"""Read the JSON of the official services record by record, so that a large file never stands in memory whole."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from catalog.importing.records import Unusable, Where

CHUNK = 1 << 16
Raw = dict[str, Any]


class Envelope:
    """One file: either a list of records, or an object with one such list and ``meta`` beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self.meta: Raw = {}

    def records(self) -> Iterator[tuple[Raw, Where]]:
        """Records with their number. ``meta`` and ``count`` are known when all were read.

        Raises:
            Unusable: no such file, not UTF-8, not JSON, cut off, or without a list of records.
        """
        try:
            with self.path.open(encoding="utf-8-sig") as handle:
                yield from self._records(_Text(self.path.name, handle))
        except FileNotFoundError as error:
            raise Unusable(f"{self.path.name}: no such file in {self.path.parent}") from error
        except UnicodeDecodeError as error:
            raise Unusable(f"{self.path.name}: not UTF-8 (byte {error.start}); JSON is UTF-8") from error

    def _records(self, text: "_Text") -> Iterator[tuple[Raw, Where]]:
        opens = text.take("[{")
        if opens == "[":
            yield from self._list(text)
            return
        found = False
        while text.peek() != "}":
            name = text.value()
            text.take(":")
            if text.peek() == "[" and not found:
                found = True
                text.take("[")
                yield from self._list(text)
            else:
                value = text.value()
                if name == "meta" and isinstance(value, dict):
                    self.meta = value
            if text.peek() == ",":
                text.take(",")
        if not found:
            raise Unusable(f'{self.path.name}: no list of records found, such as {{"content": [...]}}')

    def _list(self, text: "_Text") -> Iterator[tuple[Raw, Where]]:
        while text.peek() != "]":
            value = text.value()
            self.count += 1
            if not isinstance(value, dict):
                raise Unusable(f"{self.path.name}, record {self.count}: '{value}' is not a record (an object)")
            yield value, Where(self.path.name, self.count, "record")
            if text.peek() == ",":
                text.take(",")
        text.take("]")


class _Text:
    """A window that moves over a JSON text."""

    def __init__(self, name: str, handle: TextIO) -> None:
        self.name, self.handle = name, handle
        self.decoder = json.JSONDecoder()
        self.window, self.at, self.line = "", 0, 1

    def peek(self) -> str:
        """The next sign that is no white space."""
        while True:
            while self.at < len(self.window):
                if not self.window[self.at].isspace():
                    return self.window[self.at]
                self.at += 1
            if not self._more():
                raise self._cut()

    def take(self, signs: str) -> str:
        """Step over one of the signs."""
        sign = self.peek()
        if sign not in signs:
            raise Unusable(f"{self.name}, line {self._line(self.at)}: not JSON here: '{self.window[self.at :][:20]}'")
        self.at += 1
        return sign

    def value(self) -> Any:
        """The next value, whatever its type."""
        self.peek()
        while True:
            try:
                value, end = self.decoder.raw_decode(self.window, self.at)
            except json.JSONDecodeError as error:
                if not self._more():
                    raise self._wrong(error) from error
                continue
            # A number at the edge of the window may go on behind it.
            if end < len(self.window) or not self._more():
                self.at = end
                return value

    def _more(self) -> bool:
        self.line = self._line(self.at)
        self.window, self.at = self.window[self.at :], 0
        # Ever more at once, so that one broken record does not make the whole file be tried again and again.
        chunk = self.handle.read(max(CHUNK, len(self.window)))
        self.window += chunk
        return bool(chunk)

    def _line(self, at: int) -> int:
        return self.line + self.window.count("\n", 0, at)

    def _wrong(self, error: json.JSONDecodeError) -> Unusable:
        if error.msg.startswith("Unterminated") or error.pos >= len(self.window.rstrip()) - 1:
            return self._cut()
        return Unusable(f"{self.name}, line {self._line(error.pos)}: not JSON: {error.msg}; fetch the file again")

    def _cut(self) -> Unusable:
        return Unusable(f"{self.name}, line {self._line(len(self.window))}: the file is cut off; fetch it again")
