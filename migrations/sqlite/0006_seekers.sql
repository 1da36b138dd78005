-- The place of the last change of what matching knows of a doctor, among all such changes: who keeps the standing wishes in
-- memory asks for what came after. Triggers write it, so that no writer can pass it over, nor an administrator who erases
-- somebody by hand. The number of the erased stays, and nothing else of them.
CREATE TABLE seeker_change (
    person_id INTEGER PRIMARY KEY NOT NULL,
    revision  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX seeker_change_revision ON seeker_change (revision);
INSERT INTO seeker_change (person_id, revision)
    SELECT person_id, ROW_NUMBER() OVER (ORDER BY person_id) FROM (SELECT DISTINCT person_id FROM wish_version);

-- A change of a person or a case matters where there are wishes; where they come or go, those triggers see it.
CREATE TRIGGER seeker_person AFTER UPDATE OF kind, opted_out_at ON person
WHEN OLD.kind <> NEW.kind OR (OLD.opted_out_at IS NULL) <> (NEW.opted_out_at IS NULL)
BEGIN
    INSERT INTO seeker_change (person_id, revision)
        SELECT NEW.id, (SELECT COALESCE(MAX(revision), 0) + 1 FROM seeker_change)
        WHERE EXISTS (SELECT 1 FROM wish_version WHERE person_id = NEW.id)
    ON CONFLICT (person_id) DO UPDATE SET revision = excluded.revision;
END;
CREATE TRIGGER seeker_person_gone AFTER DELETE ON person
BEGIN
    INSERT INTO seeker_change (person_id, revision)
        VALUES (OLD.id, (SELECT COALESCE(MAX(revision), 0) + 1 FROM seeker_change))
    ON CONFLICT (person_id) DO UPDATE SET revision = excluded.revision;
END;

CREATE TRIGGER seeker_case_new AFTER INSERT ON desk_case
BEGIN
    INSERT INTO seeker_change (person_id, revision)
        SELECT NEW.person_id, (SELECT COALESCE(MAX(revision), 0) + 1 FROM seeker_change)
        WHERE EXISTS (SELECT 1 FROM wish_version WHERE person_id = NEW.person_id)
    ON CONFLICT (person_id) DO UPDATE SET revision = excluded.revision;
END;
CREATE TRIGGER seeker_case AFTER UPDATE OF state, person_id ON desk_case
WHEN (OLD.state = 'rejected') <> (NEW.state = 'rejected') OR OLD.person_id <> NEW.person_id
BEGIN
    INSERT INTO seeker_change (person_id, revision)
        SELECT NEW.person_id, (SELECT COALESCE(MAX(revision), 0) + 1 FROM seeker_change)
        WHERE EXISTS (SELECT 1 FROM wish_version WHERE person_id = NEW.person_id)
    ON CONFLICT (person_id) DO UPDATE SET revision = excluded.revision;
    INSERT INTO seeker_change (person_id, revision)
        SELECT OLD.person_id, (SELECT COALESCE(MAX(revision), 0) + 1 FROM seeker_change)
        WHERE OLD.person_id <> NEW.person_id AND EXISTS (SELECT 1 FROM wish_version WHERE person_id = OLD.person_id)
    ON CONFLICT (person_id) DO UPDATE SET revision = excluded.revision;
END;
CREATE TRIGGER seeker_case_gone AFTER DELETE ON desk_case
BEGIN
    INSERT INTO seeker_change (person_id, revision)
        SELECT OLD.person_id, (SELECT COALESCE(MAX(revision), 0) + 1 FROM seeker_change)
        WHERE EXISTS (SELECT 1 FROM wish_version WHERE person_id = OLD.person_id)
    ON CONFLICT (person_id) DO UPDATE SET revision = excluded.revision;
END;

CREATE TRIGGER seeker_wishes_new AFTER INSERT ON wish_version
BEGIN
    INSERT INTO seeker_change (person_id, revision)
        VALUES (NEW.person_id, (SELECT COALESCE(MAX(revision), 0) + 1 FROM seeker_change))
    ON CONFLICT (person_id) DO UPDATE SET revision = excluded.revision;
END;
CREATE TRIGGER seeker_wishes AFTER UPDATE ON wish_version
BEGIN
    INSERT INTO seeker_change (person_id, revision)
        VALUES (NEW.person_id, (SELECT COALESCE(MAX(revision), 0) + 1 FROM seeker_change))
    ON CONFLICT (person_id) DO UPDATE SET revision = excluded.revision;
    INSERT INTO seeker_change (person_id, revision)
        SELECT OLD.person_id, (SELECT COALESCE(MAX(revision), 0) + 1 FROM seeker_change)
        WHERE OLD.person_id <> NEW.person_id
    ON CONFLICT (person_id) DO UPDATE SET revision = excluded.revision;
END;
CREATE TRIGGER seeker_wishes_gone AFTER DELETE ON wish_version
BEGIN
    INSERT INTO seeker_change (person_id, revision)
        VALUES (OLD.person_id, (SELECT COALESCE(MAX(revision), 0) + 1 FROM seeker_change))
    ON CONFLICT (person_id) DO UPDATE SET revision = excluded.revision;
END;
