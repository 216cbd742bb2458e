"""System checks: what would go wrong later stops the start now."""
