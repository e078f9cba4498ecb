"""The open data: every public table as CSV and JSON, with its description, in one ZIP."""
