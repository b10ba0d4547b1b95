-- The venues of a fleet: when each is synced next, and which process does it. Times are those of the server.
CREATE TABLE spektrix_fleet (
    venue TEXT PRIMARY KEY,
    due_at TIMESTAMPTZ NOT NULL,
    availability_due_at TIMESTAMPTZ,
    leased_by TEXT,
    leased_until TIMESTAMPTZ,
    failures INTEGER NOT NULL DEFAULT 0,
    last_success_at TIMESTAMPTZ,
    error TEXT
);
