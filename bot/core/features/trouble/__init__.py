"""What could not be delivered, told to the moderators: once a day for each cause."""
