"""What every figure of the project shares: colours, letters, and how it becomes a file."""
