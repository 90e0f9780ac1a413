"""What the bot knows of a community, and the rules that several features share about it."""
