"""Load processes, and the facts of their life, from tables; each function reads one subject."""
