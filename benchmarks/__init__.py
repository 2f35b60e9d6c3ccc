"""How long a build takes, and where: `make bench`."""
