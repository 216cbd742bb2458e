"""The recovery rules as plain Python over plain values: no clock, no database, no framework."""
