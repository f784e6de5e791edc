"""Speed, measured by hand and never in the suite: each script prints one table, ours beside a competitor in one run."""
