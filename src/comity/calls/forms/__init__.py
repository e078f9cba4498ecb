"""What people type about calls: parse and check, never save."""
