-- Openings: their last day, by what a later mail finds them, and the changes that mails propose.
ALTER TABLE opening ADD COLUMN expires TEXT;
ALTER TABLE opening ADD COLUMN expiry_told BIGINT NOT NULL DEFAULT 0;
ALTER TABLE opening ADD COLUMN institution TEXT;
ALTER TABLE opening ADD COLUMN phone TEXT;
ALTER TABLE opening ADD COLUMN sender TEXT;
CREATE INDEX opening_expires ON opening (expiry_told, expires) WHERE expires IS NOT NULL;
CREATE INDEX opening_institution ON opening (institution);
CREATE INDEX opening_phone ON opening (phone);
CREATE INDEX opening_sender ON opening (sender);

CREATE TABLE opening_change (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    opening_id  TEXT NOT NULL REFERENCES opening (id),
    message_id  BIGINT NOT NULL REFERENCES message (id),
    base        TEXT NOT NULL,
    document    TEXT,
    proposed_at BIGINT NOT NULL,
    decision    TEXT,
    decided_at  BIGINT,
    decided_by  TEXT,
    UNIQUE (opening_id, message_id)
);
CREATE INDEX opening_change_waiting ON opening_change (id) WHERE decision IS NULL;
