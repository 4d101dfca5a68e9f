"""Tests of the forms of results."""
