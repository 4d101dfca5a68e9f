"""Calls in a thread beside: what they give, and that an interruption does not wait for them."""

from __future__ import annotations

import signal
import threading

import pytest

from ecosystem.store.apart import apart


class Caller:
    left = False

    @apart
    def half(self, number: int, *, of: str = "") -> float:
        """Half of a number."""
        if of:
            raise ValueError(of)
        return number / 2

    @apart
    def wait(self, answer: threading.Event) -> bool:
        """Wait for an answer that may never come."""
        return answer.wait(60)


def test_values_and_errors_come_back() -> None:
    caller = Caller()
    assert caller.half(3) == 1.5 and not caller.left
    with pytest.raises(ValueError, match="nothing"):
        caller.half(3, of="nothing")
    assert not caller.left
    assert Caller.half.__doc__ == "Half of a number."


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer that signals")
def test_an_interruption_does_not_wait_for_the_answer() -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    answer, caller = threading.Event(), Caller()
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        with pytest.raises(KeyboardInterrupt):
            caller.wait(answer)
        assert not answer.is_set(), "it came back while the call still waits"
    finally:
        signal.signal(signal.SIGALRM, before)
        answer.set()
    assert caller.left
