"""What `make fuzz` throws at the loader and the verifier, and what must hold; `test_fuzz.py` tries the seeds."""
