"""What is held about somebody, and having it gone."""
