"""What is written about the package, and the program that writes what can be derived."""
