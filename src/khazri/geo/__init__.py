"""Planes, geodesy, coast, bathymetry and rasters."""
