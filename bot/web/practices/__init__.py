"""Assessments on the web."""
