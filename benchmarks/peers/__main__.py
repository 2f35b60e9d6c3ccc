"""Writes what a peer needs to make the pages of a site: python -m benchmarks.peers hugo FOLDER SITE

A program of its own, so that the one that measures stays small.
"""

import sys
from pathlib import Path

from ..publication import Publication
from . import PEERS, short

name, folder, site = sys.argv[1:]
(peer,) = (peer for peer in PEERS if short(peer) == name)
Path(folder).mkdir()
peer.prepare(Path(folder), Publication(Path(site)))
