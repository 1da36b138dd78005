-- Times are microseconds since 1970 (UTC); lists and objects are JSON texts. The PostgreSQL twin has the same columns.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;

-- How far each watched folder has been read. It passes no mail that is not stored.
CREATE TABLE mailbox (
    folder       TEXT PRIMARY KEY NOT NULL,
    uid_validity INTEGER NOT NULL,
    uid_next     INTEGER NOT NULL
) STRICT;

CREATE TABLE person (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    kind         TEXT NOT NULL,
    name         TEXT NOT NULL,
    language     TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    opted_out_at INTEGER,
    paused_until INTEGER
) STRICT;

CREATE TABLE person_address (
    address        TEXT PRIMARY KEY NOT NULL,
    person_id      INTEGER NOT NULL REFERENCES person (id),
    written        TEXT NOT NULL,
    added_at       INTEGER NOT NULL,
    blocked_at     INTEGER,
    blocked_reason TEXT
) STRICT;
CREATE INDEX person_address_person ON person_address (person_id);

CREATE TABLE desk_case (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    number         TEXT NOT NULL UNIQUE,
    person_id      INTEGER NOT NULL REFERENCES person (id),
    kind           TEXT NOT NULL,
    state          TEXT NOT NULL,
    opened_at      INTEGER NOT NULL,
    changed_at     INTEGER NOT NULL,
    newest_message INTEGER,
    assignee       TEXT,
    held_by        TEXT,
    draft_due      INTEGER,
    redraft        TEXT,
    reason         TEXT,
    version        INTEGER NOT NULL
) STRICT;
CREATE INDEX desk_case_person ON desk_case (person_id);
CREATE INDEX desk_case_due ON desk_case (draft_due) WHERE draft_due IS NOT NULL;

CREATE TABLE message (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    source        TEXT NOT NULL,
    dedupe        TEXT NOT NULL UNIQUE,
    message_id    TEXT,
    received_at   INTEGER NOT NULL,
    stored_at     INTEGER NOT NULL,
    size          INTEGER NOT NULL,
    header_only   INTEGER NOT NULL,
    raw           BLOB NOT NULL,
    state         TEXT NOT NULL,
    attempts      INTEGER NOT NULL,
    due           INTEGER NOT NULL,
    error         TEXT,
    kind          TEXT,
    subject       TEXT,
    new_text      TEXT,
    reading       TEXT,
    person_id     INTEGER REFERENCES person (id),
    case_id       INTEGER REFERENCES desk_case (id),
    sender        TEXT,
    origin        TEXT
) STRICT;
CREATE INDEX message_due ON message (due) WHERE state = 'new';
CREATE INDEX message_case ON message (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX message_message_id ON message (message_id) WHERE message_id IS NOT NULL;

-- Where a message lies on the server; one message may lie in several places.
CREATE TABLE message_place (
    folder       TEXT NOT NULL,
    uid_validity INTEGER NOT NULL,
    uid          INTEGER NOT NULL,
    message_id   INTEGER REFERENCES message (id),
    PRIMARY KEY (folder, uid_validity, uid)
) STRICT, WITHOUT ROWID;

-- Standing wishes as versions; the newest stands, the older ones are the history.
CREATE TABLE wish_version (
    person_id  INTEGER NOT NULL REFERENCES person (id),
    version    INTEGER NOT NULL,
    case_id    INTEGER NOT NULL REFERENCES desk_case (id),
    message_id INTEGER NOT NULL REFERENCES message (id),
    at         INTEGER NOT NULL,
    profile    TEXT NOT NULL,
    wishes     TEXT NOT NULL,
    changes    TEXT NOT NULL,
    PRIMARY KEY (person_id, version)
) STRICT;

CREATE TABLE opening (
    id         TEXT PRIMARY KEY NOT NULL,
    state      TEXT NOT NULL,
    document   TEXT NOT NULL,
    message_id INTEGER REFERENCES message (id),
    added_at   INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE opening_history (
    opening_id TEXT NOT NULL,
    at         INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    state      TEXT NOT NULL,
    document   TEXT NOT NULL
) STRICT;
CREATE INDEX opening_history_opening ON opening_history (opening_id);

CREATE TABLE draft (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id     INTEGER NOT NULL REFERENCES desk_case (id),
    revision    INTEGER NOT NULL,
    state       TEXT NOT NULL,
    recipients  TEXT NOT NULL,
    subject     TEXT NOT NULL,
    body        TEXT NOT NULL,
    suggestions TEXT NOT NULL,
    answer      TEXT NOT NULL,
    kind        TEXT NOT NULL,
    answers     INTEGER NOT NULL REFERENCES message (id),
    author      TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    closed_at   INTEGER,
    closed_by   TEXT,
    reason      TEXT,
    UNIQUE (case_id, revision)
) STRICT;

CREATE TABLE approval (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    draft_id       INTEGER NOT NULL REFERENCES draft (id),
    reviewer       TEXT NOT NULL,
    at             INTEGER NOT NULL,
    recipients     TEXT NOT NULL,
    newest_message INTEGER NOT NULL,
    cancelled_at   INTEGER,
    cancelled_by   TEXT
) STRICT;
-- One approval of a draft stands at a time; the database itself decides between two presses.
CREATE UNIQUE INDEX approval_standing ON approval (draft_id) WHERE cancelled_at IS NULL;

CREATE TABLE outbox (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    kind          TEXT NOT NULL,
    dedupe        TEXT NOT NULL UNIQUE,
    case_id       INTEGER REFERENCES desk_case (id),
    draft_id      INTEGER REFERENCES draft (id),
    person_id     INTEGER REFERENCES person (id),
    message_id    TEXT NOT NULL UNIQUE,
    envelope_from TEXT,
    recipients    TEXT NOT NULL,
    mime          BLOB NOT NULL,
    status        TEXT NOT NULL,
    due           INTEGER NOT NULL,
    attempts      INTEGER NOT NULL,
    handed_over   INTEGER NOT NULL,
    error         TEXT,
    created_at    INTEGER NOT NULL,
    finished_at   INTEGER,
    copied_at     INTEGER
) STRICT;
CREATE INDEX outbox_due ON outbox (due) WHERE status IN ('scheduled', 'temporary_failure');
CREATE INDEX outbox_person ON outbox (person_id, kind, created_at);
CREATE INDEX outbox_uncopied ON outbox (id) WHERE status = 'completed' AND copied_at IS NULL;

-- What chat shows of a case, and whether that is still true.
CREATE TABLE card (
    case_id    INTEGER PRIMARY KEY NOT NULL REFERENCES desk_case (id),
    wanted     INTEGER NOT NULL,
    shown      INTEGER NOT NULL,
    message_id TEXT,
    thread_id  TEXT
) STRICT;

-- What staff must be told besides the cards: in the thread of the case, or without a case in the review channel.
CREATE TABLE notice (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    case_id    INTEGER REFERENCES desk_case (id),
    kind       TEXT NOT NULL,
    dedupe     TEXT NOT NULL UNIQUE,
    text       TEXT NOT NULL,
    shown_at   INTEGER
) STRICT;
CREATE INDEX notice_unshown ON notice (id) WHERE shown_at IS NULL;

CREATE TABLE audit (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    case_id INTEGER,
    subject TEXT,
    detail  TEXT
) STRICT;
CREATE INDEX audit_case ON audit (case_id);
CREATE TRIGGER audit_is_append_only_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
