"""Back an installation up into one file, and bring it back from there."""
