"""Keep the questions that people leave for a member of staff."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timezone

from sqlalchemy.exc import IntegrityError

from catalog import models
from catalog.database import DatabaseError, session

# Without 0, O, 1, I and L: a reference is read aloud over the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
# SQLite takes more, PostgreSQL refuses it; a question is not lost for the name of its conversation.
CONVERSATION_LONGEST = 255
TRIES = 3


class NotStored(Exception):
    """The question could not be kept; nothing of it was written."""


@dataclass(frozen=True)
class ContactRequest:
    """A question with the person to answer to. ``phone`` may be missing; consent was given at ``consent_at``."""

    name: str
    email: str
    phone: str | None
    role: str
    question: str
    consent_at: datetime
    conversation: str


def new_reference() -> str:
    """A reference such as *DW-7K3F-9QTM*, some 10^11 possible."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"DW-{letters[:4]}-{letters[4:]}"


def store(request: ContactRequest) -> str:
    """Write the request in one transaction and return its reference.

    Raises:
        NotStored: the database refused or could not be reached.
    """
    for _ in range(TRIES):
        reference = new_reference()
        try:
            with session() as db:
                db.add(_row(request, reference))
        except IntegrityError as error:
            # Somebody has this reference already.
            refused: DatabaseError = error
        except DatabaseError as error:
            raise NotStored(str(error)) from error
        else:
            return reference
    raise NotStored(str(refused)) from refused


def _row(request: ContactRequest, reference: str) -> models.ContactRequest:
    return models.ContactRequest(
        reference=reference,
        created_at=datetime.now(timezone.utc),
        name=request.name,
        email=request.email,
        phone=request.phone,
        role=request.role,
        question=request.question,
        consent_at=request.consent_at,
        conversation=request.conversation[:CONVERSATION_LONGEST],
        status="nieuw",
    )
