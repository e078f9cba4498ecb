"""Papers of many years, from a folder of files and one spreadsheet."""

from comity.documents.archive.loading import Report, load_archive
from comity.documents.archive.reading import TABLES, ArchiveRow, read_archive

__all__ = ["TABLES", "ArchiveRow", "Report", "load_archive", "read_archive"]
