"""The scripts of the map's page: bundled, checked and tested by the tools that `package.json` names.

`python -m tests.page_scripts bundle` writes the file that the pages hold; `lint` and `test` check
its sources. A machine without npm can do without, but for a bundle; under CI=true it cannot.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.node_packages import Unavailable

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "ecosystem" / "maps" / "page"


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script of `package.json`, its tools fetched first if they are not there.

    Raises
    ------
    Unavailable
        If there is no npm here, or it could not fetch them.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise Unavailable("no npm for the scripts of the map: apt-get install npm")
    if not _installed():
        done = _npm(npm, "install", "--no-save")
        if done.returncode or not _installed():
            last = (done.stderr.strip() or "no answer").splitlines()[-1]
            raise Unavailable(f"npm could not fetch the tools of package.json: {last}")
    return _npm(npm, "run", "--silent", script, "--", *arguments)


def _installed() -> bool:
    """Whether every tool is there, at the version that is asked for."""
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    for name, version in wanted.items():
        found = ROOT / "node_modules" / name / "package.json"
        if (
            not found.exists()
            or json.loads(found.read_text(encoding="utf-8"))["version"] != version
        ):
            return False
    return True


def _npm(npm: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [npm, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300
    )


def main(script: str) -> int:
    """Run a script and say what it said."""
    try:
        done = run(script)
    except Unavailable as error:
        required = script == "bundle" or os.environ.get("CI") == "true"
        print(f"{'' if required else 'skipped: '}{error}", file=sys.stderr)
        return int(required)
    print((done.stdout + done.stderr).strip())
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
