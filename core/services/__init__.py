"""One function per verb: who may, policy, ledger, commit. The window and the command line call the same ones."""
