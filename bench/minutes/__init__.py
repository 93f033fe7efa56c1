"""What the benchmarks of minutes are made of."""
