"""The `World` of an exercise and its step."""
