"""What is passed from room to room: poses, and what is found in them."""
