"""The rules of the contract that judge an answer, or what was read off several, one a file."""
