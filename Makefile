# Everything that Paragraf needs, from a machine with Python 3.11 or newer. `make` alone lists what there is.
.DEFAULT_GOAL := help
.PHONY: help run test lint texts bench lock clean office
.DELETE_ON_ERROR:

PORT ?= 8000
BENCH ?=
# How many pytest processes; each starts its own PostgreSQL and browser when a test asks for one.
JOBS ?= 2
ARGS ?=
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
CATALOGUES := $(wildcard webapp/translations/*/LC_MESSAGES/*.po)
# The fonts take as much room as Arial, Times New Roman, Calibri and Cambria, so that pages break as they do in Word.
OFFICE := libreoffice-writer-nogui fontconfig fonts-liberation fonts-dejavu-core fonts-crosextra-carlito \
	fonts-crosextra-caladea
HAS_OFFICE := command -v soffice >/dev/null && fc-match Calibri | grep -q Carlito
# With python3-uno a LibreOffice of its own accepts and rejects our tracked changes, as a witness.
TESTING := $(OFFICE) python3-uno chromium poppler-utils
HAS_WITNESS := /usr/bin/python3 -c 'import uno' 2>/dev/null
PROGRAMS := chromium pdftotext pdftoppm
# A test that hangs shows where it stands and ends its process, so that the run ends too.
STUCK := -o faulthandler_timeout=300 -o faulthandler_exit_on_timeout=true
LOCK := --quiet --upgrade --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

# $(call apt,packages): install them where apt is and may be used; fails where not.
define apt
{ { command -v apt-get && { [ "$$(id -u)" = 0 ] || sudo -n true; }; } >/dev/null 2>&1 && \
{ as=$$([ "$$(id -u)" = 0 ] || echo sudo -n); echo "Installerar/installing $(1) …" && \
$$as apt-get -qq update </dev/null >&2 && \
$$as env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install $(1) </dev/null >/dev/null; }; }
endef

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/run.stamp $(CATALOGUES:.po=.mo) office ## start Paragraf with its demonstration (PORT=8000)
	@exec $(BIN)/paragraf serve --demo --port $(PORT)

test: .venv/test.stamp $(CATALOGUES:.po=.mo) ## install what the tests need, and run them all (ARGS= for pytest)
	@($(HAS_OFFICE) && $(HAS_WITNESS) && for program in $(PROGRAMS); do command -v $$program >/dev/null || exit 1; done) || $(call apt,$(TESTING)) \
		|| echo "Browser, Word or PDF tests are skipped (fail where CI=true); they need: sudo apt-get install $(TESTING)"
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(STUCK) $(ARGS)

lint: .venv/test.stamp ## style, types, and who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy paragraf forms webapp scheduler bench tests
	$(BIN)/lint-imports --no-logo

texts: .venv/run.stamp ## bring the English catalogue in step with the texts, and tell which lack English
	@$(BIN)/python -m webapp.translations

bench: .venv/bench.stamp $(CATALOGUES:.po=.mo) ## ratios against something plain, smaller is better (BENCH=web for one group)
	@$(BIN)/python -m bench $(BENCH)

lock: .venv/run.stamp ## choose the newest versions anew and pin them
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --extra dev --constraint requirements.txt --output-file requirements-dev.txt
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --extra bench --constraint requirements-dev.txt \
		--output-file requirements-bench.txt

clean: ## take away everything that was made, but not ./var with its database
	rm -rf .venv build test-results *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	rm -f $(CATALOGUES:.po=.mo)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

office:
	@($(HAS_OFFICE)) || $(call apt,$(OFFICE)) \
		|| command -v soffice >/dev/null \
		|| echo "LibreOffice saknas: allt utom PDF fungerar / is missing: all but PDF works: sudo apt-get install $(OFFICE)"

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "Paragraf behöver/needs Python >= 3.11: sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || $(call apt,python3-venv) \
		|| { echo "Pythons venv saknas / is missing: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "Skapar/making .venv …"
	@$(PYTHON) -m venv .venv

# The project is put on the path and not built: nothing to build, nothing more to download, and no hook at each start.
.venv/run.stamp: requirements.txt | $(BIN)/python
	@echo "Installerar/installing $< …"
	@$(PIP) -r requirements.txt
	@echo "$(CURDIR)" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/paragraf.pth"
	@printf '#!%s\nimport sys\nfrom paragraf.cli import main\nsys.exit(main())\n' "$(CURDIR)/$(BIN)/python" > $(BIN)/paragraf
	@chmod +x $(BIN)/paragraf
	@touch $@

.venv/test.stamp: requirements-dev.txt .venv/run.stamp
	@echo "Installerar/installing $< …"
	@$(PIP) -r requirements-dev.txt
	@touch $@

.venv/bench.stamp: requirements-bench.txt .venv/run.stamp
	@echo "Installerar/installing $< …"
	@$(PIP) -r requirements-bench.txt
	@touch $@

%.mo: %.po | .venv/run.stamp
	$(BIN)/pybabel compile --input-file $< --output-file $@
