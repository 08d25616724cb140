"""A dancer made of parameters: the demo, the pictures and the test bench."""
