"""The pages on which the record of a process is edited and its history is read."""
