"""What a phone waits for, measured in Chromium over its own throttling: `python -m benchmarks.phone`."""
