"""What the pages on adoptions, elements and principles show."""
