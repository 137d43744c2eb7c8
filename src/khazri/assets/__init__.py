"""Package data: coast, soundings, examples. Read by `inputs` only."""
