-- What makes the sender of a message doubtful, as a JSON list; NULL where nothing does.
ALTER TABLE message ADD COLUMN doubts TEXT;

-- What the part before the @ looks like to a hasty reader, so that a twin of a known address is found by one look-up.
ALTER TABLE person_address ADD COLUMN shape TEXT NOT NULL DEFAULT '';
UPDATE person_address SET shape =
    REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
        SUBSTR(address, 1, INSTR(address || '@', '@') - 1),
    'rn', 'm'), 'vv', 'w'), '0', 'o'), '1', 'l'), 'i', 'l'), '.', ''), '-', ''), '_', '');
CREATE INDEX person_address_shape ON person_address (shape);

-- Names without their blanks: who writes from a new address under a known name.
CREATE INDEX person_plain_name ON person (REPLACE(REPLACE(name, ' ', ''), '　', '')) WHERE kind = 'doctor';
