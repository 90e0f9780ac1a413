"""Stand-ins for the platforms: small, strict servers on loopback."""
