"""What the catalogue knows already and a delivery leans on: today's municipalities, and programmes by their name."""

from __future__ import annotations

import re
from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import models
from catalog.text import place_key


class Known:
    """Municipalities by NIS code and by every name that they have or had; programmes by name and grade."""

    def __init__(self) -> None:
        self._by_nis: dict[str, str] = {}
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._programmes: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.providers: set[str] = set()
        self.sectors: set[str] = set()

    @classmethod
    def load(cls, db: Session) -> Known:
        """Read it from the catalogue."""
        known = cls()
        for nis, name in db.execute(select(models.Municipality.nis, models.Municipality.name)):
            known._by_nis[nis] = name
            known._by_name[place_key(name)] = {name}
        today = set(known._by_name)
        for name, municipality in db.execute(select(models.PlaceName.name, models.PlaceName.municipality)):
            # A municipality keeps its own name, also where a village elsewhere is called the same.
            if place_key(name) not in today:
                known._by_name[place_key(name)].add(municipality)
        for programme in db.execute(select(models.Programme.id, models.Programme.name, models.Programme.grade)):
            known.learn_programme(*programme)
        known.providers = set(db.execute(select(models.Provider.id)).scalars())
        known.sectors = set(db.execute(select(models.Programme.sector).distinct()).scalars()) - {None}
        return known

    def municipality(self, name: str | None, postcode: str | None = None, nis: str | None = None) -> str | None:
        """The municipality's name of today; the name as it came where none of ours fits."""
        if nis in self._by_nis:
            return self._by_nis[nis]
        named = self._by_name.get(place_key(name or ""), set())
        if len(named) > 1 and postcode:
            named = named & self._by_name.get(postcode, set()) or named
        return next(iter(named)) if len(named) == 1 else name

    def learn_programme(self, programme_id: str, name: str, grade: str) -> None:
        """Remember a programme of a delivery that was not written yet."""
        self._programmes[_name(name), _level(grade)].add(programme_id)

    def programme(self, name: str, grade: str) -> str | None:
        """The only programme of that name at that level, or None."""
        ids = self._programmes.get((_name(name), _level(grade)), set())
        return next(iter(ids)) if len(ids) == 1 else None


def _name(name: str) -> str:
    """*Assistent (inter)nat. goederenvervoer DL* and *Bakker duaal (BuSO OV3)*, as they can be compared."""
    bare = re.sub(r"\((buso ov3|[23]de graad)\)", "", name.casefold())
    return " ".join(re.sub(r"\bdl\b", "duaal", bare).split())


def _level(grade: str) -> str:
    return "aanloop" if "aanloop" in grade else grade[:4].casefold()
