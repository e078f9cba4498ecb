"""Reads that serve one page each; templates receive plain values and ask nothing."""
