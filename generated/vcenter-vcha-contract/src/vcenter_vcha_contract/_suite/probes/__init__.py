"""The rules of the contract that ask for the answers they judge, one a file."""
