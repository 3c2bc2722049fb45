"""What the catalogue knows already and a delivery leans on: today's municipalities, and programmes by their name."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import get_close_matches
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import models
from catalog.importing.delivery import OWN
from catalog.text import place_key, plain, stem

# How much two names must be alike to be taken for a slip of the pen.
ALIKE = 0.7
SAINT = re.compile(r"^(st|ste|sint)\b\.? *")


class Code(NamedTuple):
    """A programme as people look it up."""

    id: str
    name: str
    grade: str

    def __str__(self) -> str:
        return f"{self.id} {self.name}, {self.grade}"


class Known:
    """Municipalities by NIS code and by every name that they have or had; programmes by name and grade."""

    def __init__(self) -> None:
        self._by_nis: dict[str, str] = {}
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, str] = {}
        self._doubts: dict[tuple[str, str | None], str | None] = {}
        self._alike: dict[str, list[Code]] = {}
        self._programmes: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.codes: dict[str, Code] = {}
        self.providers: set[str] = set()
        self.sectors: set[str] = set()

    @classmethod
    def load(cls, db: Session) -> Known:
        """Read it from the catalogue."""
        known = cls()
        for nis, name in db.execute(select(models.Municipality.nis, models.Municipality.name)):
            known._by_nis[nis] = name
            known._names[_place(name)] = name
            known._by_name[_place(name)] = {name}
        today = set(known._by_name)
        for name, municipality in db.execute(select(models.PlaceName.name, models.PlaceName.municipality)):
            # A municipality keeps its own name, also where a village elsewhere is called the same.
            if _place(name) not in today:
                known._names[_place(name)] = name
                known._by_name[_place(name)].add(municipality)
        for programme in db.execute(select(models.Programme.id, models.Programme.name, models.Programme.grade)):
            known.learn_programme(*programme)
        known.providers = set(db.execute(select(models.Provider.id)).scalars())
        # What a city called a sector is no measure for the next.
        settled = select(models.Programme.sector).where(models.Programme.dataset.not_like(f"{OWN}%")).distinct()
        known.sectors = set(db.execute(settled).scalars()) - {None}
        return known

    def municipality(self, name: str | None, postcode: str | None = None, nis: str | None = None) -> str | None:
        """The municipality's name of today; the name as it came where none of ours fits."""
        if nis in self._by_nis:
            return self._by_nis[nis]
        named, coded = self._places(name), self._by_name.get(postcode or "", set())
        if not name:
            named = coded
        elif len(named) > 1:
            named = named & coded or named
        return next(iter(named)) if len(named) == 1 else name

    def doubt(self, name: str | None, postcode: str | None = None) -> str | None:
        """What is odd about a place as somebody wrote it; None when all is well."""
        if not name or not self._names:
            return None
        if (name, postcode) not in self._doubts:
            self._doubts[name, postcode] = self._doubt(name, self._by_name.get(postcode or "", set()), postcode)
        return self._doubts[name, postcode]

    def _doubt(self, name: str, coded: set[str], postcode: str | None) -> str | None:
        named = self._places(name)
        if not named:
            near = [one for one in self._names if not coded or self._by_name[one] & coded]
            alike = get_close_matches(_place(name), near, n=1, cutoff=ALIKE)
            meant = self._names[alike[0]] if alike else " or ".join(sorted(coded))
            ask = f"; did you mean {meant}?" if meant else ""
            return f"the municipality '{name}' is not known here, so nobody finds it by its place{ask}"
        if coded and not named & coded:
            return f"the postcode {postcode} belongs to {' or '.join(sorted(coded))}, not to {name}"
        if len(named) > 1 and not coded:
            return f"'{name}' lies in {' or '.join(sorted(named))}; give the postcode too"
        return None

    def _places(self, name: str | None) -> set[str]:
        """Today's municipalities of that name; of *Aalst (Erembodegem)* those of Aalst."""
        whole = _place(name or "")
        found = self._by_name.get(whole, set())
        return found or self._by_name.get(_place(re.sub(r"\(.*?\)", "", name or "")), set())

    def learn_programme(self, programme_id: str, name: str, grade: str) -> None:
        """Remember a programme of a delivery that was not written yet."""
        self._programmes[_name(name), _level(grade)].add(programme_id)
        self.codes[programme_id] = Code(programme_id, name, grade)
        self.__dict__.pop("_titles", None)
        self._alike.clear()

    def programme(self, name: str, grade: str) -> str | None:
        """The only programme of that name at that level, or None."""
        ids = self._programmes.get((_name(name), _level(grade)), set())
        return next(iter(ids)) if len(ids) == 1 else None

    @cached_property
    def _titles(self) -> dict[str, list[Code]]:
        """Programmes by their title, and by that without what only tells the variant."""
        titles: dict[str, list[Code]] = defaultdict(list)
        for code in self.codes.values():
            for title in {plain(code.name), plain(stem(code.name))}:
                titles[title].append(code)
        return titles

    def code(self, said: str, grade: str | None = None) -> str | None:
        """The programme that is meant beyond doubt: by its code, by the number in it, or by its official title."""
        written = "-".join(said.casefold().split())
        if written in self.codes:
            return written
        if said.isdigit():
            found = [one for one in self.codes if one.rsplit("-", 1)[1] == said]
        else:
            found = [code.id for code in self._titles.get(plain(said), ()) if plain(code.name) == plain(said)]
        if len(found) > 1 and grade:
            found = [one for one in found if self.codes[one].grade.casefold() == grade.casefold()]
        return found[0] if len(found) == 1 else None

    def like(self, said: str) -> list[Code]:
        """Programmes that may be meant, the likeliest first."""
        if said not in self._alike:
            titles = [plain(said), plain(stem(said))]
            near = titles + [one for title in titles for one in get_close_matches(title, self._titles, cutoff=ALIKE)]
            found = [code for code in self.codes.values() if code.id.rsplit("-", 1)[1] == said]
            found += [code for title in near for code in self._titles.get(title, ())]
            self._alike[said] = list(dict.fromkeys(found))
        return self._alike[said]

    def with_word(self, word: str) -> list[Code]:
        """Programmes in whose code, title or grade the word stands; all without a word."""
        return [code for code in self.codes.values() if plain(word) in plain(str(code))]


def _place(name: str) -> str:
    """A place as it can be compared: *St.-Niklaas* is *Sint-Niklaas*."""
    return SAINT.sub("sint ", place_key(name))


def _name(name: str) -> str:
    """*Assistent (inter)nat. goederenvervoer DL* and *Bakker duaal (BuSO OV3)*, as they can be compared."""
    bare = re.sub(r"\((buso ov3|[23]de graad)\)", "", name.casefold())
    return " ".join(re.sub(r"\bdl\b", "duaal", bare).split())


def _level(grade: str) -> str:
    return "aanloop" if "aanloop" in grade else grade[:4].casefold()
