"""Who stands behind whom: role A and B per module, what if they leave, what lifts the cover."""
