"""The editor's desk on the command line: `onrecord new article`, `new claim` and `quote`, a file each.

Each says what it did, where, and what to do next. What can't be done is refused before anything is written.
"""
