"""Who reads, under which protocol, and what becomes of each read."""
