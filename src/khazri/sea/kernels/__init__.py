"""The compiled steps of the sea."""
