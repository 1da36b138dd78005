-- Times are microseconds since 1970 (UTC); lists and objects are JSON texts. The SQLite twin has the same columns.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
);

-- How far each watched folder has been read. It passes no mail that is not stored.
CREATE TABLE mailbox (
    folder       TEXT PRIMARY KEY NOT NULL,
    uid_validity BIGINT NOT NULL,
    uid_next     BIGINT NOT NULL
);

CREATE TABLE person (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind         TEXT NOT NULL,
    name         TEXT NOT NULL,
    language     TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    opted_out_at BIGINT,
    paused_until BIGINT
);

CREATE TABLE person_address (
    address        TEXT PRIMARY KEY NOT NULL,
    person_id      BIGINT NOT NULL REFERENCES person (id),
    written        TEXT NOT NULL,
    added_at       BIGINT NOT NULL,
    blocked_at     BIGINT,
    blocked_reason TEXT
);
CREATE INDEX person_address_person ON person_address (person_id);

CREATE TABLE desk_case (
    id             BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number         TEXT NOT NULL UNIQUE,
    person_id      BIGINT NOT NULL REFERENCES person (id),
    kind           TEXT NOT NULL,
    state          TEXT NOT NULL,
    opened_at      BIGINT NOT NULL,
    changed_at     BIGINT NOT NULL,
    newest_message BIGINT,
    assignee       TEXT,
    held_by        TEXT,
    draft_due      BIGINT,
    redraft        TEXT,
    reason         TEXT,
    version        BIGINT NOT NULL
);
CREATE INDEX desk_case_person ON desk_case (person_id);
CREATE INDEX desk_case_due ON desk_case (draft_due) WHERE draft_due IS NOT NULL;

CREATE TABLE message (
    id            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source        TEXT NOT NULL,
    dedupe        TEXT NOT NULL UNIQUE,
    message_id    TEXT,
    received_at   BIGINT NOT NULL,
    stored_at     BIGINT NOT NULL,
    size          BIGINT NOT NULL,
    header_only   BIGINT NOT NULL,
    raw           BYTEA NOT NULL,
    state         TEXT NOT NULL,
    attempts      BIGINT NOT NULL,
    due           BIGINT NOT NULL,
    error         TEXT,
    kind          TEXT,
    subject       TEXT,
    new_text      TEXT,
    reading       TEXT,
    person_id     BIGINT REFERENCES person (id),
    case_id       BIGINT REFERENCES desk_case (id),
    sender        TEXT,
    origin        TEXT
);
CREATE INDEX message_due ON message (due) WHERE state = 'new';
CREATE INDEX message_case ON message (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX message_message_id ON message (message_id) WHERE message_id IS NOT NULL;

-- Where a message lies on the server; one message may lie in several places.
CREATE TABLE message_place (
    folder       TEXT NOT NULL,
    uid_validity BIGINT NOT NULL,
    uid          BIGINT NOT NULL,
    message_id   BIGINT REFERENCES message (id),
    PRIMARY KEY (folder, uid_validity, uid)
);

-- Standing wishes as versions; the newest stands, the older ones are the history.
CREATE TABLE wish_version (
    person_id  BIGINT NOT NULL REFERENCES person (id),
    version    BIGINT NOT NULL,
    case_id    BIGINT NOT NULL REFERENCES desk_case (id),
    message_id BIGINT NOT NULL REFERENCES message (id),
    at         BIGINT NOT NULL,
    profile    TEXT NOT NULL,
    wishes     TEXT NOT NULL,
    changes    TEXT NOT NULL,
    PRIMARY KEY (person_id, version)
);

CREATE TABLE opening (
    id         TEXT PRIMARY KEY NOT NULL,
    state      TEXT NOT NULL,
    document   TEXT NOT NULL,
    message_id BIGINT REFERENCES message (id),
    added_at   BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE TABLE opening_history (
    opening_id TEXT NOT NULL,
    at         BIGINT NOT NULL,
    actor      TEXT NOT NULL,
    state      TEXT NOT NULL,
    document   TEXT NOT NULL
);
CREATE INDEX opening_history_opening ON opening_history (opening_id);

CREATE TABLE draft (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id     BIGINT NOT NULL REFERENCES desk_case (id),
    revision    BIGINT NOT NULL,
    state       TEXT NOT NULL,
    recipients  TEXT NOT NULL,
    subject     TEXT NOT NULL,
    body        TEXT NOT NULL,
    suggestions TEXT NOT NULL,
    answer      TEXT NOT NULL,
    kind        TEXT NOT NULL,
    answers     BIGINT NOT NULL REFERENCES message (id),
    author      TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    closed_at   BIGINT,
    closed_by   TEXT,
    reason      TEXT,
    UNIQUE (case_id, revision)
);

CREATE TABLE approval (
    id             BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    draft_id       BIGINT NOT NULL REFERENCES draft (id),
    reviewer       TEXT NOT NULL,
    at             BIGINT NOT NULL,
    recipients     TEXT NOT NULL,
    newest_message BIGINT NOT NULL,
    cancelled_at   BIGINT,
    cancelled_by   TEXT
);
-- One approval of a draft stands at a time; the database itself decides between two presses.
CREATE UNIQUE INDEX approval_standing ON approval (draft_id) WHERE cancelled_at IS NULL;

CREATE TABLE outbox (
    id            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind          TEXT NOT NULL,
    dedupe        TEXT NOT NULL UNIQUE,
    case_id       BIGINT REFERENCES desk_case (id),
    draft_id      BIGINT REFERENCES draft (id),
    person_id     BIGINT REFERENCES person (id),
    message_id    TEXT NOT NULL UNIQUE,
    envelope_from TEXT,
    recipients    TEXT NOT NULL,
    mime          BYTEA NOT NULL,
    status        TEXT NOT NULL,
    due           BIGINT NOT NULL,
    attempts      BIGINT NOT NULL,
    handed_over   BIGINT NOT NULL,
    error         TEXT,
    created_at    BIGINT NOT NULL,
    finished_at   BIGINT,
    copied_at     BIGINT
);
CREATE INDEX outbox_due ON outbox (due) WHERE status IN ('scheduled', 'temporary_failure');
CREATE INDEX outbox_person ON outbox (person_id, kind, created_at);
CREATE INDEX outbox_uncopied ON outbox (id) WHERE status = 'completed' AND copied_at IS NULL;

-- What chat shows of a case, and whether that is still true.
CREATE TABLE card (
    case_id    BIGINT PRIMARY KEY NOT NULL REFERENCES desk_case (id),
    wanted     BIGINT NOT NULL,
    shown      BIGINT NOT NULL,
    message_id TEXT,
    thread_id  TEXT
);

-- What staff must be told besides the cards: in the thread of the case, or without a case in the review channel.
CREATE TABLE notice (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         BIGINT NOT NULL,
    case_id    BIGINT REFERENCES desk_case (id),
    kind       TEXT NOT NULL,
    dedupe     TEXT NOT NULL UNIQUE,
    text       TEXT NOT NULL,
    shown_at   BIGINT
);
CREATE INDEX notice_unshown ON notice (id) WHERE shown_at IS NULL;

CREATE TABLE audit (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      BIGINT NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    case_id BIGINT,
    subject TEXT,
    detail  TEXT
);
CREATE INDEX audit_case ON audit (case_id);
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
EXECUTE FUNCTION audit_is_append_only();
