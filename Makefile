.DEFAULT_GOAL := help
SHELL := bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
STAMP := .venv/.installed
OUTSIDE := .venv/.outside
USERNAME ?= administrator@vsphere.local
PASSWORD_ENV ?= VC_PASSWORD
POWERLESS_PASSWORD_ENV ?= VC_READER_PASSWORD
REPORT ?= contract-report
MUTANTS ?= 1000
SOAK ?= 200
PACKAGES = $(wildcard generated/*/src)
TYPES = MYPYPATH=generated/vcenter-vcha/src $(BIN)/mypy generator/vcsdk demo docs

.PHONY: help install generate demo contract quick quick-tests types test fuzz docs oracle corpus corpus-contract outside suites soak kills bench lint check clean regenerate release publish

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(STAMP) ## Make .venv with the toolkit in it

$(STAMP): pyproject.toml requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

generate: $(STAMP) ## Generate the packages of spec/ into generated/
	$(BIN)/vcsdk generate spec/vcha.yaml --config spec/vcha.toml --output generated

demo: $(STAMP) ## Generate, serve, call and test: the whole line in two minutes
	$(BIN)/python -m demo

contract: $(STAMP) ## Hold a running target to the contract: make contract URL=https://vc.example.com
	@test -n "$(URL)" || { echo 'make contract needs URL=https://…'; exit 2; }
	$(BIN)/vcsdk contract run --url '$(URL)' --username '$(USERNAME)' --password-env '$(PASSWORD_ENV)' \
	  $(if $(POWERLESS),--powerless-username '$(POWERLESS)' --powerless-password-env '$(POWERLESS_PASSWORD_ENV)') \
	  --report '$(REPORT)' $(ARGS)

quick: $(STAMP) ## What a change needs while one works: style, types, unit tests (a minute)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	@$(MAKE) --no-print-directory --jobs 2 types quick-tests

# mypy takes one core: beside the tests it costs half of its time.
types: $(STAMP)
	$(TYPES)

quick-tests: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist worksteal -q -m 'not slow' --durations 5 --durations-min 2 \
	  tests/unit tests/diff tests/docs tests/golden tests/negative

test: $(STAMP) ## Run the tests, all of them
	$(BIN)/python -m pytest -n 2

fuzz: $(STAMP) ## Attack every command with spoilt descriptions: make fuzz SEED=7 MUTANTS=5000 (200 a minute and more)
	$(BIN)/python -m tests.fuzz --mutants $(MUTANTS) $(if $(SEED),--seed $(SEED))

docs: $(STAMP) ## Build the documentation into site/; every warning is an error
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going --builder html docs site

oracle: $(STAMP) ## Hold every operation and schema to what two other generators send and decode
	$(BIN)/python -m pytest -n 2 --full tests/oracle tests/specs tests/e2e/contract/test_compare.py

corpus: $(STAMP) ## Generate and use every published description of ../shared/corpus, and of CORPUS=folder (10 minutes)
	$(BIN)/python -m tests.corpus $(CORPUS)

corpus-contract: $(STAMP) ## Hold the simulator of every published description to its contract suite (hours)
	$(BIN)/python -m tests.corpus.contract

outside: $(OUTSIDE) ## Hold the product to software that nobody here wrote: VMware's own SDK and simulator
	$(BIN)/python -m pytest -n 2 --full tests/outside

$(OUTSIDE): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[outside]'
	touch $@

suites: $(STAMP) ## Run the contract suites of VMware's files against the simulator, everything allowed (15 minutes)
	$(BIN)/python -m pytest -n 2 --full tests/e2e/contract/test_published.py

soak: $(STAMP) ## Fail over with outages of up to 10 s, cuts and forks by chance: make soak SOAK=1000 SEED=7 (200 in 3 minutes)
	$(BIN)/python -m tests.soak --failovers $(SOAK) $(if $(SEED),--seed $(SEED))

kills: $(STAMP) ## Kill generate, regenerate, release, build and publish fifty times each, at random moments (10 minutes)
	$(BIN)/python -m pytest --full tests/e2e/kills

bench: $(STAMP) ## Measure beside what people use today; fails if a ratio is missed
	$(BIN)/python -m tests.bench

lint: $(STAMP) ## Check style and types of the toolkit and of generated code
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(TYPES)
	@set -e; for source in $(PACKAGES); do echo "mypy --strict $$source"; $(BIN)/mypy --strict "$$source"; done
	$(BIN)/python -m tests.typed.pyright generated

check: $(STAMP) ## Fail if generated/ is not what spec/ generates
	$(BIN)/vcsdk check spec/vcha.yaml --config spec/vcha.toml --output generated

regenerate: $(STAMP) ## Bring all packages of spec/ up to date, and say what changed for callers
	$(BIN)/vcsdk regenerate --output generated $(ARGS)

release: $(STAMP) ## Make a release: version, changelog, packages; make release ARGS=--dry-run shows it
	$(BIN)/vcsdk release --output generated $(ARGS)

publish: $(STAMP) ## Build the packages and publish them: make publish INDEX=https://pypi.example.com/simple/
	@test -n "$(INDEX)" || { echo 'make publish needs INDEX=https://…/simple/'; exit 2; }
	rm -rf dist
	$(BIN)/vcsdk build generated --output dist
	$(BIN)/vcsdk publish dist --index-url '$(INDEX)' $(ARGS)

clean: ## Delete .venv, caches and what the demo left
	rm -rf .venv .demo .mypy_cache .pytest_cache .ruff_cache .hypothesis .schemathesis .fuzz dist build site docs/reference
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
