"""What this machine keeps and shows of secrets: the system's keyring, how far ledgers were verified, our memory."""
