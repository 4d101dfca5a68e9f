"""Workers start undisturbed, and an output that nobody reads is no worker that ended."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from ecosystem import processes
from ecosystem.errors import EcosystemError


def test_a_signal_while_workers_start_is_heard_after() -> None:
    heard: list[str] = []
    before = signal.signal(signal.SIGTERM, lambda *_: heard.append("told"))
    try:
        with processes._later():
            signal.raise_signal(signal.SIGTERM)
            assert heard == []
        assert heard == ["told"]
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_broken_pipe_is_told_from_a_worker_that_ended() -> None:
    """Of `| head -1`, the command line makes a quiet end; a worker that is gone is an error."""
    with pytest.raises(BrokenPipeError), processes.pool(1, len, ()) as pool:
        pool.submit(os.getpid).result()
        raise BrokenPipeError
    gone = pytest.raises(EcosystemError, match="ended before it was done")
    with gone, processes.pool(1, len, ()) as pool:
        pool.submit(os._exit, 1).result()


def test_a_worker_left_alone_removes_the_folder_of_its_main_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import multiprocessing

    class Gone:
        sentinel, other = os.pipe()

    os.close(Gone.other)  # as when the other process has ended
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: Gone)
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    folder = tmp_path / "pymp-x"
    folder.mkdir()
    processes._end_with_parent(str(folder))
    os.close(Gone.sentinel)
    assert (ended, folder.exists()) == ([1], False)
