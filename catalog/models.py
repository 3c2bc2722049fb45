"""The tables. Every row of the catalogue keeps its source, the day it was read and how far it can be trusted."""

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import declarative_base, relationship
from sqlalchemy.types import TypeDecorator

Base = declarative_base()


class Moment(TypeDecorator):
    """A point in time, given and taken in any time zone; kept and given back in UTC, whatever the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value and value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        # SQLite keeps no time zone.
        return value and (value.astimezone(timezone.utc) if value.tzinfo else value.replace(tzinfo=timezone.utc))


class Sourced:
    """Where a row comes from. ``confidence`` is high, medium or low; ``verified_on`` an ISO date."""

    source = Column(Text, nullable=False)
    verified_on = Column(String(10), nullable=False)
    confidence = Column(String(10), nullable=False)


class Delivered:
    """A row that somebody delivers time and again.

    ``dataset`` names the delivery that it was in last; ``vanished_on`` is the ISO date on which a later delivery of
    that dataset was seen to lack it.
    """

    dataset = Column(String(40), nullable=False)
    vanished_on = Column(String(10))


class Programme(Sourced, Delivered, Base):  # type: ignore[valid-type,misc]
    """A dual programme, or the run-up (*aanloop*) to one. ``id`` is ``duaal-<studierichting code>`` and the like."""

    __tablename__ = "programme"

    id = Column(String(64), primary_key=True)
    name = Column(String(200), nullable=False)
    grade = Column(String(40), nullable=False)
    finality = Column(String(40))
    study_domain = Column(String(80))
    sector = Column(String(80), index=True)
    contract = Column(String(20))
    min_hours_workplace = Column(Integer)
    qualification = Column(Text)
    vks_level = Column(Integer)
    valid_from = Column(String(10))
    valid_until = Column(String(10))

    offers = relationship("Offer", back_populates="programme", cascade="all, delete-orphan")
    words = relationship("ProgrammeWord", cascade="all, delete-orphan")


class ProgrammeWord(Sourced, Base):  # type: ignore[valid-type,misc]
    """A profession or everyday word (*kapster*, *haar knippen*, *iets met hout*) that means this programme."""

    __tablename__ = "programme_word"

    word = Column(String(80), primary_key=True)
    programme_id = Column(ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True)


class Provider(Sourced, Delivered, Base):  # type: ignore[valid-type,misc]
    """A school or centre. ``id`` is its official number (*instellingsnummer*), or ``naam-<slug>`` without one."""

    __tablename__ = "provider"

    id = Column(String(80), primary_key=True)
    name = Column(String(200), nullable=False)
    network = Column(String(80))
    phone = Column(String(40))
    email = Column(String(120))
    website = Column(String(300))

    locations = relationship("Location", back_populates="provider", cascade="all, delete-orphan")


class Location(Sourced, Delivered, Base):  # type: ignore[valid-type,misc]
    """A site of a provider. ``id`` is ``<instellingsnummer>-<vestigingsnummer>``.

    Degrees are WGS 84, of the site itself or, where its source has none, of its municipality.
    """

    __tablename__ = "location"

    id = Column(String(120), primary_key=True)
    provider_id = Column(ForeignKey("provider.id", ondelete="CASCADE"), nullable=False, index=True)
    street = Column(String(160))
    postcode = Column(String(4))
    # As the source has it where no municipality of ours fits; else the municipality's name of today.
    municipality = Column(String(80), index=True)
    latitude = Column(Float)
    longitude = Column(Float)

    provider = relationship("Provider", back_populates="locations")
    offers = relationship("Offer", back_populates="location", cascade="all, delete-orphan")


class Offer(Sourced, Delivered, Base):  # type: ignore[valid-type,misc]
    """A programme at a site in a school year; ``school_year`` is ``2026-2027``, or empty where the source is silent."""

    __tablename__ = "offer"
    __table_args__ = (
        UniqueConstraint("programme_id", "school_year", "location_id"),
        Index("ix_offer_location_programme", "location_id", "programme_id", "vanished_on"),
    )

    id = Column(Integer, primary_key=True)
    programme_id = Column(ForeignKey("programme.id", ondelete="CASCADE"), nullable=False)
    location_id = Column(ForeignKey("location.id", ondelete="CASCADE"), nullable=False)
    school_year = Column(String(9), nullable=False, server_default="")
    enrolled = Column(Integer)
    enrolment_open = Column(Boolean)

    programme = relationship("Programme", back_populates="offers")
    location = relationship("Location", back_populates="offers")


class ContactPoint(Sourced, Base):  # type: ignore[valid-type,misc]
    """An organisation, desk or consultation forum."""

    __tablename__ = "contact_point"

    id = Column(String(64), primary_key=True)
    name = Column(String(200), nullable=False)
    kind = Column(String(40), nullable=False)
    audience = Column(String(200), nullable=False)
    region = Column(String(80), nullable=False)
    sectors = Column(String(400), nullable=False)
    phone = Column(String(40))
    email = Column(String(120))
    website = Column(String(300))
    what_for = Column(Text, nullable=False)


class Need(Sourced, Base):  # type: ignore[valid-type,misc]
    """What somebody may need a contact point for, *mentoropleiding*; the lower ``position`` wins where two are told."""

    __tablename__ = "need"

    name = Column(String(40), primary_key=True)
    position = Column(Integer, nullable=False)
    title = Column(String(80), nullable=False)
    tip = Column(Text)


class NeedWord(Sourced, Base):  # type: ignore[valid-type,misc]
    """Words that tell a need: ``premie*`` starts a word, ``mentor* + cursus`` stand both somewhere in the message."""

    __tablename__ = "need_word"

    word = Column(String(80), primary_key=True)
    need = Column(ForeignKey("need.name", ondelete="CASCADE"), nullable=False)


class ContactNeed(Sourced, Base):  # type: ignore[valid-type,misc]
    """A contact point for a need, the likeliest at the lowest ``position``; an empty ``audience`` is anybody."""

    __tablename__ = "contact_need"

    need = Column(ForeignKey("need.name", ondelete="CASCADE"), primary_key=True)
    audience = Column(String(20), primary_key=True)
    contact_point = Column(ForeignKey("contact_point.id", ondelete="CASCADE"), primary_key=True)
    position = Column(Integer, nullable=False)
    why = Column(Text, nullable=False)


class SectorContact(Sourced, Base):  # type: ignore[valid-type,misc]
    """Who works for a sector, as the editors order them: the first at the lowest ``position``."""

    __tablename__ = "sector_contact"

    sector = Column(String(80), primary_key=True)
    contact_point = Column(ForeignKey("contact_point.id", ondelete="CASCADE"), primary_key=True)
    position = Column(Integer, nullable=False)


class Municipality(Sourced, Base):  # type: ignore[valid-type,misc]
    """A municipality of Flanders or Brussels, with its NIS code and the middle of its main village (WGS 84)."""

    __tablename__ = "municipality"

    nis = Column(String(5), primary_key=True)
    name = Column(String(80), nullable=False, unique=True)
    province = Column(String(40), nullable=False)
    latitude = Column(Float)
    longitude = Column(Float)


class PlaceName(Sourced, Base):  # type: ignore[valid-type,misc]
    """Another name of a municipality: a postcode, a part of it, or what it was called before a merger.

    One name may belong to several municipalities: *Heusden*, 1804.
    """

    __tablename__ = "place_name"

    name = Column(String(80), primary_key=True)
    municipality = Column(ForeignKey("municipality.name", ondelete="CASCADE"), primary_key=True)


class RegionMember(Sourced, Base):  # type: ignore[valid-type,misc]
    """A municipality that people count as part of a region such as the Kempen."""

    __tablename__ = "region_member"

    region = Column(String(40), primary_key=True)
    municipality = Column(ForeignKey("municipality.name", ondelete="CASCADE"), primary_key=True)


class ContactRequest(Base):  # type: ignore[valid-type,misc]
    """A question that somebody left for a member of staff."""

    __tablename__ = "contact_request"
    __table_args__ = (Index("ix_contact_request_status", "status", "created_at"),)

    id = Column(Integer, primary_key=True)
    reference = Column(String(12), nullable=False, unique=True)
    created_at = Column(Moment, nullable=False)
    name = Column(String(100), nullable=False)
    email = Column(String(254), nullable=False)
    phone = Column(String(20))
    role = Column(String(20), nullable=False)
    question = Column(Text, nullable=False)
    consent_at = Column(Moment, nullable=False)
    conversation = Column(String(255), nullable=False)
    status = Column(String(20), nullable=False)


class Filled(Base):  # type: ignore[valid-type,misc]
    """What was taken in last from each source: a fingerprint of our own files, or an import's day and mark."""

    __tablename__ = "filled"

    what = Column(String(40), primary_key=True)
    fingerprint = Column(String(64), nullable=False)
