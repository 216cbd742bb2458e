"""Every write: keyword-only, atomic, `by=` the actor. Each checks access and writes its own audit event."""
