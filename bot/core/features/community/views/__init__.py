"""What moderators see of the settings, the themes, the questions and the audit log."""
