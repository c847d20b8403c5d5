"""What is done about a situation: one table, and who applies it."""
