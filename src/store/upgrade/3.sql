-- From version 2 to 3: what first contact was held to is kept, and lists of what somebody ever had, and of what ended without
-- being solved, are found by an index.

ALTER TABLE ticket ADD COLUMN answered_under TEXT;
UPDATE ticket SET answered_under = category || ',' || base_priority || ',' || raised || ',' || respond_minutes
WHERE contacted_at > opened_at OR (contacted_at IS NOT NULL AND respond_minutes > 0);

CREATE INDEX ticket_handled ON ticket (assignee_id, opened_at, id) WHERE assignee_id IS NOT NULL;
CREATE INDEX ticket_out ON ticket (status, opened_at, id) WHERE status IN ('duplicate', 'void');
