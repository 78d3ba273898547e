"""What is kept as proof, in files: write-once, named by what they hold."""
