"""One module a group; its name is what ``make bench BENCH=`` takes."""
