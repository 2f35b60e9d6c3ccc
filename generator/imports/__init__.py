"""Reviews made elsewhere -> entries of a record: ClaimReview files and tables, a module each, with one form between.

`claimreview` and `table` read files into `facts.Review`s, cleaned by `clean`; `scale` finds the step of the scale for
a rating in other words; `entries` says what each review adds to a record. Nothing here writes to disk.
"""
