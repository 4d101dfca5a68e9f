"""Run one command and say what it cost: `python -I -S launch.py COMMAND …`.

A process of its own, and a small one: the system counts as the memory of a command what the
process that started it held at that moment, which for a benchmark with its data is much more.
On Linux it also takes in what the command leaves behind (an engine, workers), so that their
processor time counts.
"""

import ctypes
import json
import os
import sys
import time

if sys.platform == "linux":
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
start = time.perf_counter()
pid = os.fork()
if not pid:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.execvp(sys.argv[1], sys.argv[1:])
code, seconds, processor, largest = 0, 0.0, 0.0, 0
while True:
    try:
        ended, status, usage = os.wait4(-1, 0)
    except ChildProcessError:
        break
    processor += usage.ru_utime + usage.ru_stime
    if ended == pid:
        seconds = time.perf_counter() - start
        code, largest = os.waitstatus_to_exitcode(status), usage.ru_maxrss
megabytes = largest / (1 << 20 if sys.platform == "darwin" else 1 << 10)
print(json.dumps([code, seconds, megabytes, processor]))
