"""Contract tests for Quotes ''' \"\"\" and {{ braces }}."""
