"""The demo clinic's simulator: invented patients out of a seed, as plain values (docs/demo-data.md)."""
