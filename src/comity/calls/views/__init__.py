"""The pages on which the secretariat asks, and each party answers."""
