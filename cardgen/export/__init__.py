"""Exporters: one module a format. They know no YAML and write no files."""

from cardgen.export.base import (
    DEFAULT_FORMATS,
    FORMATS,
    Exported,
    Exporter,
    File,
    Issue,
    Release,
    Remark,
    exporter_for,
    lacking,
    whole,
)

__all__ = [
    "DEFAULT_FORMATS",
    "FORMATS",
    "Exported",
    "Exporter",
    "File",
    "Issue",
    "Release",
    "Remark",
    "exporter_for",
    "lacking",
    "whole",
]
