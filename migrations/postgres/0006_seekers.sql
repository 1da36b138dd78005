-- The place of the last change of what matching knows of a doctor, among all such changes: who keeps the standing wishes in
-- memory asks for what came after. Triggers write it, so that no writer can pass it over, nor an administrator who erases
-- somebody by hand. The number of the erased stays, and nothing else of them.
CREATE TABLE seeker_change (
    person_id BIGINT PRIMARY KEY NOT NULL,
    revision  BIGINT NOT NULL
);
CREATE UNIQUE INDEX seeker_change_revision ON seeker_change (revision);
INSERT INTO seeker_change (person_id, revision)
    SELECT person_id, ROW_NUMBER() OVER (ORDER BY person_id) FROM (SELECT DISTINCT person_id FROM wish_version) AS wishing;

-- Writers take turns on the same lock as everywhere, also those who write by hand: who saw one revision has seen all before.
CREATE FUNCTION seeker_changed(who BIGINT) RETURNS void LANGUAGE plpgsql AS
$$ BEGIN
    PERFORM pg_advisory_xact_lock(33621319478506099);
    INSERT INTO seeker_change (person_id, revision)
        VALUES (who, (SELECT COALESCE(MAX(revision), 0) + 1 FROM seeker_change))
    ON CONFLICT (person_id) DO UPDATE SET revision = excluded.revision;
END $$;

-- A person who is gone had no wishes any more: the reference of the wishes keeps them. (SQLite's own shell does not.)
CREATE FUNCTION seeker_person() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF EXISTS (SELECT 1 FROM wish_version WHERE person_id = NEW.id) THEN
        PERFORM seeker_changed(NEW.id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER seeker_person AFTER UPDATE OF kind, opted_out_at ON person FOR EACH ROW
WHEN (OLD.kind <> NEW.kind OR (OLD.opted_out_at IS NULL) <> (NEW.opted_out_at IS NULL))
EXECUTE FUNCTION seeker_person();

-- A change of a person or a case matters where there are wishes; where they come or go, their own trigger sees it.
CREATE FUNCTION seeker_of() RETURNS trigger LANGUAGE plpgsql AS
$$ DECLARE
    who     BIGINT;
    persons BIGINT[] := '{}';
BEGIN
    IF TG_OP <> 'INSERT' THEN persons := persons || OLD.person_id; END IF;
    IF TG_OP <> 'DELETE' THEN persons := persons || NEW.person_id; END IF;
    FOR who IN SELECT DISTINCT unnest(persons) LOOP
        IF TG_TABLE_NAME = 'wish_version' OR EXISTS (SELECT 1 FROM wish_version WHERE person_id = who) THEN
            PERFORM seeker_changed(who);
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER seeker_case_new AFTER INSERT ON desk_case FOR EACH ROW EXECUTE FUNCTION seeker_of();
CREATE TRIGGER seeker_case AFTER UPDATE OF state, person_id ON desk_case FOR EACH ROW
WHEN ((OLD.state = 'rejected') <> (NEW.state = 'rejected') OR OLD.person_id <> NEW.person_id)
EXECUTE FUNCTION seeker_of();
CREATE TRIGGER seeker_case_gone AFTER DELETE ON desk_case FOR EACH ROW EXECUTE FUNCTION seeker_of();
CREATE TRIGGER seeker_wishes AFTER INSERT OR UPDATE OR DELETE ON wish_version FOR EACH ROW EXECUTE FUNCTION seeker_of();
