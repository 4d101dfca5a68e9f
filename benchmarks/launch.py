"""Run one command and say what it cost: `python -I -S launch.py COMMAND …`.

A process of its own, and a small one: the system counts as the memory of a command what the
process that started it held at that moment, which for a benchmark with its data is much more.
"""

import json
import os
import sys
import time

start = time.perf_counter()
pid = os.fork()
if not pid:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.execvp(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(pid, 0)
seconds = time.perf_counter() - start
megabytes = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
print(json.dumps([os.waitstatus_to_exitcode(status), seconds, megabytes]))
