-- Points and cuts are hundredths, instants are UTC text (they sort as they stand), yes and no are 1 and 0.
-- Written in what SQLite and PostgreSQL have in common.

CREATE TABLE candidates (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE cut_scores (
    digest TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    exam TEXT NOT NULL,
    method TEXT NOT NULL,
    held TEXT NOT NULL,
    cut INTEGER NOT NULL,
    error INTEGER NOT NULL,
    content TEXT NOT NULL,
    kept_at TEXT NOT NULL
);

CREATE TABLE attempts (
    id TEXT PRIMARY KEY,
    exam TEXT NOT NULL,
    exam_title TEXT NOT NULL,
    hall TEXT NOT NULL,
    number INTEGER NOT NULL,
    candidate TEXT NOT NULL REFERENCES candidates (id),
    candidate_group TEXT NOT NULL,
    supervised INTEGER NOT NULL,
    practice INTEGER NOT NULL,
    opened_at TEXT NOT NULL,
    submitted_at TEXT NOT NULL,
    passed INTEGER NOT NULL,
    points INTEGER NOT NULL,
    cut INTEGER NOT NULL,
    state TEXT NOT NULL,
    blueprint TEXT NOT NULL,
    blueprint_digest TEXT NOT NULL,
    form_digest TEXT NOT NULL,
    entries INTEGER NOT NULL,
    head TEXT NOT NULL,
    key_id TEXT NOT NULL,
    method TEXT,
    judges INTEGER,
    error INTEGER,
    held TEXT,
    standard TEXT REFERENCES cut_scores (digest),
    imported_at TEXT NOT NULL
);

CREATE INDEX attempts_by_exam ON attempts (exam, opened_at);

-- the record itself, line by line as it was sealed: everything else here can be made from it again
CREATE TABLE records (
    attempt TEXT PRIMARY KEY REFERENCES attempts (id),
    content TEXT NOT NULL
);

CREATE TABLE calls (
    attempt TEXT NOT NULL REFERENCES attempts (id),
    n INTEGER NOT NULL,
    part TEXT NOT NULL,
    scenario TEXT NOT NULL,
    title TEXT NOT NULL,
    seed BIGINT NOT NULL,
    passed INTEGER NOT NULL,
    total INTEGER NOT NULL,
    deducted INTEGER NOT NULL,
    PRIMARY KEY (attempt, n)
);

CREATE TABLE findings (
    attempt TEXT NOT NULL,
    call INTEGER NOT NULL,
    section TEXT NOT NULL,
    criterion TEXT NOT NULL,
    title TEXT NOT NULL,
    met TEXT NOT NULL,
    points INTEGER NOT NULL,
    of_points INTEGER NOT NULL,
    PRIMARY KEY (attempt, call, section, criterion),
    FOREIGN KEY (attempt, call) REFERENCES calls (attempt, n)
);

CREATE TABLE breaches (
    attempt TEXT NOT NULL,
    call INTEGER NOT NULL,
    n INTEGER NOT NULL,
    rule TEXT NOT NULL,
    title TEXT NOT NULL,
    severity TEXT NOT NULL,
    points INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    words TEXT NOT NULL,
    instead TEXT NOT NULL,
    PRIMARY KEY (attempt, call, n),
    FOREIGN KEY (attempt, call) REFERENCES calls (attempt, n)
);

CREATE INDEX breaches_by_rule ON breaches (rule);
