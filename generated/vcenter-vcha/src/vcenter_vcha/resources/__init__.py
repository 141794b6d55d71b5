"""The call tree; each module is imported when first used."""
