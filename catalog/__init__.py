"""The database: programmes, contact points, places and contact requests. Knows nothing of Rasa.

This module is the public face; code outside the package uses only what is named here.
The package is called ``catalog`` because spaCy depends on a library whose module is ``catalogue``.
"""

from catalog.contacts import ContactPoint, ContactWish, find_contacts
from catalog.database import DatabaseError, database_url, session, upgrade
from catalog.needs import Need, find_need, need_in
from catalog.programmes import Offer, Page, Programme, ProgrammeWish, municipalities_called, programme, search
from catalog.requests import ContactRequest, NotStored, store

__all__ = [
    "ContactPoint",
    "ContactRequest",
    "ContactWish",
    "DatabaseError",
    "Need",
    "NotStored",
    "Offer",
    "Page",
    "Programme",
    "ProgrammeWish",
    "database_url",
    "find_contacts",
    "find_need",
    "municipalities_called",
    "need_in",
    "programme",
    "search",
    "session",
    "store",
    "upgrade",
]
