"""What is fast, measured: one file a benchmark, one section a benchmark in RESULTS.md."""
