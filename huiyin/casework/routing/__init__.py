"""Sorting, forwarding, assigning, receiving and objecting (分流、转送、交办、受理、异议)."""
