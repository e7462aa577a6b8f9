-- From version 2 to 3, where the table was not made anew on the way from version 1: what first contact was held to.

ALTER TABLE ticket ADD COLUMN answered_under TEXT;
UPDATE ticket SET answered_under = category || ',' || base_priority || ',' || raised || ',' || respond_minutes
WHERE contacted_at > opened_at OR (contacted_at IS NOT NULL AND respond_minutes > 0);
