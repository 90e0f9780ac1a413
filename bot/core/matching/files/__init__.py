"""What goes in and comes out, as files and as plain values."""
