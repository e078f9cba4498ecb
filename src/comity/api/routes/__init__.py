"""What the API answers, by subject."""
