# `make site` and `make test` do all the set-up: a virtual environment in .venv, from a lock with hashes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
SIZES ?= 1000

.PHONY: selftest site preview serve ready test check workflows owners bench bench-stages words screenshots lock-requirements clean FORCE

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
lock-requirements: $(READY)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --extra html --generate-hashes \
		--no-annotate --no-header -o requirements.lock pyproject.toml

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q generator # where Python keeps no compiled code by itself, each start would compile again
	@touch $@

# The page of all codes, from the rules' own words; a test holds that it is current.
docs/codes.md: $(READY) FORCE
	$(BIN)/onrecord explain --markdown > $@

FORCE:

clean:
	rm -rf $(VENV) site preview build *.egg-info
