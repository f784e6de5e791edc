"""What leaves for a device and what comes back from it: pure functions between facts and bytes, no I/O."""
