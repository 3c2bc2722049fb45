"""The tables. Every row of the catalogue keeps its source and how far it can be trusted."""

from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Programme(Base):  # type: ignore[valid-type,misc]
    """A dual programme, or the run-up (*aanloop*) to one."""

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
    source = Column(Text, nullable=False)
    valid_from = Column(String(10))
    valid_until = Column(String(10))
    confidence = Column(String(10), nullable=False)
    verified_on = Column(String(10), nullable=False)

    offers = relationship("Offer", back_populates="programme", cascade="all, delete-orphan")
    words = relationship("ProgrammeWord", cascade="all, delete-orphan")


class ProgrammeWord(Base):  # type: ignore[valid-type,misc]
    """An everyday word (*kapster*, *iets met hout*) that means this programme."""

    __tablename__ = "programme_word"

    word = Column(String(80), primary_key=True)
    programme_id = Column(ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True)


class Offer(Base):  # type: ignore[valid-type,misc]
    """A school seen to offer a programme in a school year."""

    __tablename__ = "offer"
    __table_args__ = (UniqueConstraint("programme_id", "school", "school_year"),)

    id = Column(Integer, primary_key=True)
    programme_id = Column(ForeignKey("programme.id", ondelete="CASCADE"), nullable=False, index=True)
    school = Column(String(200), nullable=False)
    postcode = Column(String(4))
    municipality = Column(String(80), index=True)
    source = Column(Text, nullable=False)
    school_year = Column(String(9))
    verified_on = Column(String(10), nullable=False)

    programme = relationship("Programme", back_populates="offers")


class ContactPoint(Base):  # type: ignore[valid-type,misc]
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
    source = Column(Text, nullable=False)
    verified_on = Column(String(10), nullable=False)
    confidence = Column(String(10), nullable=False)


class Municipality(Base):  # type: ignore[valid-type,misc]
    """A municipality of Flanders or Brussels, with its NIS code (© Statbel, CC BY 4.0)."""

    __tablename__ = "municipality"

    nis = Column(String(5), primary_key=True)
    name = Column(String(80), nullable=False, unique=True)
    province = Column(String(40), nullable=False)


class RegionMember(Base):  # type: ignore[valid-type,misc]
    """A municipality that people count as part of a region such as the Kempen."""

    __tablename__ = "region_member"

    region = Column(String(40), primary_key=True)
    municipality = Column(ForeignKey("municipality.name"), primary_key=True)


class ContactRequest(Base):  # type: ignore[valid-type,misc]
    """A question that somebody left for a member of staff."""

    __tablename__ = "contact_request"
    __table_args__ = (Index("ix_contact_request_status", "status", "created_at"),)

    id = Column(Integer, primary_key=True)
    reference = Column(String(12), nullable=False, unique=True)
    created_at = Column(DateTime(timezone=True), nullable=False)
    name = Column(String(100), nullable=False)
    email = Column(String(254), nullable=False)
    phone = Column(String(20))
    role = Column(String(20), nullable=False)
    question = Column(Text, nullable=False)
    consent_at = Column(DateTime(timezone=True), nullable=False)
    conversation = Column(String(255), nullable=False)
    status = Column(String(20), nullable=False)


class Filled(Base):  # type: ignore[valid-type,misc]
    """Fingerprint of the files that the catalogue was last filled from."""

    __tablename__ = "filled"

    what = Column(String(40), primary_key=True)
    fingerprint = Column(String(64), nullable=False)
