-- The place of an opening's last change among all changes: who keeps the openings in memory asks for what came after.
ALTER TABLE opening ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
UPDATE opening SET revision = rowid;
CREATE UNIQUE INDEX opening_revision ON opening (revision);
