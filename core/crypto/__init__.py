"""Keys, fingerprints, signatures and envelopes. The only rung that imports `cryptography`."""
