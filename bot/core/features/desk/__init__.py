"""The moderator's desk: drafting circles, looking at them, changing and publishing them."""
