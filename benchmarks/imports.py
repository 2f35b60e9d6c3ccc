"""How long an import takes: `python -m benchmarks.imports 10000`. CPU seconds and peak memory, of dirty reviews.

The reviews are those of the tests, with the faults that real ones have; a new publication is made of them.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from site_tests import dirty


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        feed = Path(folder, "reviews.json")
        feed.write_text(dirty.reviews(count), encoding="utf-8", errors="surrogatepass")
        command = [Path(sys.executable).with_name("onrecord"), "init", Path(folder, "pub"), "--from-claimreview", feed]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(
            *(line for line in done.stdout.split("\n") if " read: " in line or line.startswith("added")), sep=os.linesep
        )
        print(
            f"{used.ru_utime + used.ru_stime:.1f} s CPU, {used.ru_maxrss / 1024:.0f} MB, {feed.stat().st_size:,} bytes"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
