"""Check-ins: the weekly message in the room, and the private question to each member."""
