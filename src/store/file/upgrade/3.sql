-- From version 2 to 3: lists of what somebody ever had, and of what ended without being solved, are found by an index.

CREATE INDEX ticket_handled ON ticket (assignee_id, opened_at, id) WHERE assignee_id IS NOT NULL;
CREATE INDEX ticket_out ON ticket (status, opened_at, id) WHERE status IN ('duplicate', 'void');
