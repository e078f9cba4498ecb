"""What the pages of calls show, each in a fixed number of queries."""
