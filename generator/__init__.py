"""Onrecord: a curated record of claims becomes a publication."""
