"""What members see of their intro, their profile and their standing."""
