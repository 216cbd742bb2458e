"""Phones, a bad network, the server and its backups as a model: nothing saved is lost or doubled."""
