"""The pages about the people of a process."""
