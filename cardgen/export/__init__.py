"""Exporters: one module a format. They know no YAML and write no files."""

from cardgen.export.base import DEFAULT_FORMATS, FORMATS, Exporter, Issue, Release, exporter_for

__all__ = ["DEFAULT_FORMATS", "FORMATS", "Exporter", "Issue", "Release", "exporter_for"]
