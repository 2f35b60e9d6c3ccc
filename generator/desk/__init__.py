"""Commands of `onrecord`, by what an editor is at: storing, citing and taking over, a file each; asking; beginning.

A command that writes says what it did, where, and what to do next; what can't be done is refused before anything is
written. `cli` gives them to the shell.
"""
