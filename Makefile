# `make site` and `make test` do all the set-up: a virtual environment in .venv, from a lock with hashes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
SIZES ?= 1000
SECONDS ?= 60
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps

.PHONY: selftest site preview serve ready test check faults reproducible workflows owners bench bench-stages words screenshots lock-requirements clean FORCE

site: $(READY)
	$(BIN)/onrecord build

# The site as a change would make it, in preview/: every page says that nobody has reviewed it.
preview: $(READY)
	$(BIN)/onrecord build --unreviewed --site-dir preview

serve: $(READY)
	$(BIN)/onrecord serve

ready: $(READY)

test: $(READY)
	$(BIN)/python site_tests/browser.py
	$(BIN)/pytest

# Thousands of hostile cases, and ordinary ones: docs/selftest.md.
selftest: $(READY)
	$(BIN)/onrecord selftest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/onrecord fmt --check
	$(BIN)/onrecord check
	$(MAKE) workflows
	$(MAKE) test

# Builds that are killed, fail and find no room at some two hundred points: after each the site is whole. Takes minutes.
faults: $(READY)
	$(BIN)/python site_tests/faults.py

# One record built in twelve other surroundings, with a digest of each site.
reproducible: $(READY)
	$(BIN)/python site_tests/reproducible.py

# The workflows of .github/, for mistakes and for ways to misuse them.
workflows: $(READY)
	$(BIN)/actionlint
	$(BIN)/zizmor --quiet --offline --persona auditor .github

# Puts the names of two teams into .github/CODEOWNERS: make owners EDITORS=@desk/editors MAINTAINERS=@desk/maintainers
owners:
	@test -n "$(EDITORS)" && test -n "$(MAINTAINERS)" || { echo "name both: EDITORS=@… MAINTAINERS=@…"; exit 2; }
	sed -i.old -e '/^#? /!d' -e 's,^#? ,,' -e 's,EDITORS,$(EDITORS),' -e 's,MAINTAINERS,$(MAINTAINERS),' .github/CODEOWNERS
	rm .github/CODEOWNERS.old

# The same publication by Onrecord, Hugo, MkDocs and Zensical. Some only, or into benchmarks/RESULTS.md:
# make bench SIZES="1000 10000" FLAGS="--peers hugo --write"
# The loader and the verifier under a fuzzer, each for SECONDS; what breaks them is kept in .fuzz/. Linux only.
fuzz: $(READY)
	$(INSTALL) --only-binary :all: --require-hashes -r security/fuzz.lock
	$(BIN)/python site_tests/fuzz/run.py $(SECONDS)

# What a release is made of: wheel and sdist, built with what the lock installed, the bill of materials, the checksums.
dist: $(READY)
	rm -rf dist
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/uv build --quiet --no-build-isolation --offline
	$(MAKE) --no-print-directory sbom
	cd dist && sha256sum -- * > ../SHA256SUMS && mv ../SHA256SUMS .

# The bill of materials (CycloneDX 1.6) of requirements.lock, in dist/; the same lock gives the same bytes.
sbom: $(READY)
	mkdir -p dist
	$(BIN)/python security/sbom.py dist/onrecord.cdx.json

bench: $(READY)
	$(BIN)/python -m benchmarks.compare $(SIZES) $(FLAGS)

# Where our own time goes, and how long an edit takes to the screen.
bench-stages: $(READY)
	$(BIN)/python -m benchmarks.stages $(SIZES)
	$(BIN)/python -m benchmarks.edit 1000

# Takes the words of the interface from the code into the catalogue, and into each translation what it lacks.
words: $(READY)
	$(BIN)/python site_tests/catalogue.py

# Pictures of every page kind in screenshots/, to look at. Some kinds only: make screenshots KINDS="home claim"
screenshots: $(READY)
	$(BIN)/python site_tests/browser.py
	$(BIN)/python site_tests/screenshots.py $(KINDS)

# Resolves the newest versions that pyproject.toml allows, with hashes and without the address of any index.
# A new publication is given what the program itself needs, at the same versions; "make fuzz" has its own.
lock-requirements: $(READY)
	$(LOCK) --extra dev --extra html -o requirements.lock pyproject.toml
	$(LOCK) -c requirements.lock -o generator/starter/common/requirements.lock pyproject.toml
	$(LOCK) -c requirements.lock --extra fuzz -o security/fuzz.lock pyproject.toml

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-build-isolation --editable .
	$(BIN)/python -m compileall -q generator # where Python keeps no compiled code by itself, each start would compile again
	@touch $@

# The page of all codes, from the rules' own words; a test holds that it is current.
docs/codes.md: $(READY) FORCE
	$(BIN)/onrecord explain --markdown > $@

# The page of all limits, from the numbers in the code; a test holds that it is current.
docs/limits.md: $(READY) FORCE
	$(BIN)/python security/limits.py > $@

FORCE:

clean:
	rm -rf $(VENV) site preview build dist .fuzz *.egg-info
