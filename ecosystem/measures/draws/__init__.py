"""What is drawn at random: groups dealt out, exchanges dealt out, flows left out; and when to stop."""
