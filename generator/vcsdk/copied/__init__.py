"""What is copied verbatim into generated packages; imports nothing of ours."""
