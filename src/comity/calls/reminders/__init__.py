"""What those who are asked are told by mail: openings at once, all else once a day."""
