"""Programs we talk to over HTTP."""
