"""What people are told of a matching: reasons in words."""
