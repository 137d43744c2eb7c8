"""Oil records, estimation of what they leave out, weathering tables."""
