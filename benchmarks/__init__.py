"""Speed and memory, side by side with what a user would otherwise use. `make bench` runs all."""
