"""What is said of each row to programs, in answers and in the open data alike."""
