-- From version 4 to 5, tickets: late and soon are counted with the outer deadline from the index alone, and what was merged
-- into a ticket is found by an index.

DROP INDEX ticket_open;
CREATE INDEX ticket_open ON ticket (compound_id, status, contacted_at, respond_by, resolve_by, outer_due) WHERE open = 1;
CREATE INDEX ticket_merged ON ticket (duplicate_of) WHERE duplicate_of IS NOT NULL;

-- The phone of an outside body, or whom to ask for there.
ALTER TABLE ticket ADD COLUMN outside_phone TEXT NOT NULL DEFAULT '';
