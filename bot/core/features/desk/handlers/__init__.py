"""What happens at the moderators' desk."""
