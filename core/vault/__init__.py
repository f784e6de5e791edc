"""What this machine keeps and shows of secrets: the operating system's keyring, and this process's memory."""
