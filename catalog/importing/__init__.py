"""Take in the catalogue's data from the project's own files, from cities and schools, and from official deliveries."""

from catalog.importing.records import Fault, Unusable
from catalog.importing.run import NotImported, Report, run

__all__ = ["Fault", "NotImported", "Report", "Unusable", "run"]
