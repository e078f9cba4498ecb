"""Kill what runs while people act, and see whether every promise was kept."""
