"""What VMware's descriptions say in set phrases: facts read from prose, for the profile `vapi` alone.

Each function takes a text and gives the fact with what is left of the text.  Nothing here writes: what is left is as
untrusted as it came.
"""
