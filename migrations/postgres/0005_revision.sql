-- The place of an opening's last change among all changes: who keeps the openings in memory asks for what came after.
ALTER TABLE opening ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
UPDATE opening SET revision = numbered.n FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS n FROM opening) AS numbered
    WHERE numbered.id = opening.id;
CREATE UNIQUE INDEX opening_revision ON opening (revision);
