"""Ways out of the product: plain values in, sent or an exception. No rows, no requests."""
