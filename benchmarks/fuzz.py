"""Damaged YAML, CSV and XLSX for as long as one likes: ``python benchmarks/fuzz.py --minutes 10``.

Every file is taken whole or refused with a word; nothing may break, and what was refused may have
stored nothing. Prints how many were tried, and each that broke with its seed; ``--seed N`` tries
one again and lets it break. Ends with 1 where anything broke.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "fuzz"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--first", type=int, default=int(time.time()), help="the first seed")
    parser.add_argument("--seed", type=int, help="try this one alone")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ASSESS_HOME"] = f"{folder}/home"
        os.environ["ASSESS_CACHE"] = f"{folder}/cache"
        from doors import Fuzz

        place = Path(folder) / "place"
        place.mkdir()
        fuzz = Fuzz(place)
        if arguments.seed is not None:
            fuzz.once(arguments.seed)
        else:
            end = time.monotonic() + 60 * arguments.minutes
            seed = arguments.first
            while time.monotonic() < end:
                fuzz.once(seed)
                seed += 1
        for line in fuzz.broken:
            print(line)
        print(
            f"{fuzz.tries} files: {fuzz.good} taken, {fuzz.refused} refused,"
            f" {len(fuzz.broken)} broke something"
        )
        return 1 if fuzz.broken else 0


if __name__ == "__main__":
    sys.exit(main())
