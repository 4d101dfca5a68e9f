"""One browser for all tests of maps, and the maps of the shipped data as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import ecosystem
from ecosystem.tables.frames import Tables


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """Its event loop must not outlive these tests: each has a context of its own in it."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield found
        found.close()


@pytest.fixture(scope="session")
def shipped_map(
    shipped_tables: Tables, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str | None], Path]:
    """The map of a territory, or of all, in English: drawn once, to be read only."""
    folder = tmp_path_factory.mktemp("maps")

    @cache
    def path(territory: str | None) -> Path:
        return ecosystem.map(shipped_tables, territory).save(folder / f"{territory}.html")

    return path
