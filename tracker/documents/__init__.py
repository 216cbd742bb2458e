"""Files that leave the product: plain values in, bytes out."""
