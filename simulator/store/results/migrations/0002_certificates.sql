-- A certificate is never deleted; what was withdrawn stays, with the day and the reason.

CREATE TABLE certificates (
    code TEXT PRIMARY KEY,
    attempt TEXT NOT NULL REFERENCES attempts (id),
    issued_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    credential TEXT NOT NULL,
    brief TEXT NOT NULL,
    key_id TEXT NOT NULL,
    withdrawn_at TEXT,
    withdrawn_because TEXT
);

CREATE INDEX certificates_by_attempt ON certificates (attempt);
