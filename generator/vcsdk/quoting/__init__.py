"""Untrusted text in what is written for others, each format by its own rules, a file a format.

Nothing here knows where a text comes from; whoever writes a format uses the file of its name and no other way.
"""
