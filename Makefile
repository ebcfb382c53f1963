# Each recipe is a script in scripts/, which installs by itself what it needs and is missing.
.PHONY: help run dev check test bench bench-week faults site screenshots clean

help: ## Lists the recipes
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: ## Builds the site, loads the demo into a new database, serves on 127.0.0.1:3000
	@scripts/run

dev: ## As run, and rebuilds and reloads at each change of a file
	@scripts/dev

check: ## The quick look: format, lints, tests of domain and engine
	@scripts/check

test: ## Every test: Rust on both databases, browsers with JavaScript on and off
	@scripts/test

bench: ## The load bench: tens of thousands of people on loopback, on SQLite and PostgreSQL (an hour)
	@scripts/bench

bench-week: ## The record week, taken for real, and a database with ten million attempts (half an hour, 15 GB of disk)
	@scripts/bench sqlite --scenario week --scenario ten_million

faults: ## The faults at length: kills, restarts, bad lines, wrong clocks; every invariant after each
	@scripts/faults

site: ## Builds what the browser gets: wasm, js, css, files
	@scripts/setup run
	@scripts/build site

screenshots: ## Takes the pictures in docs/screenshots
	@scripts/screenshots

clean: ## Removes what was built in this checkout; the data and the shared build cache stay
	rm -rf target node_modules
