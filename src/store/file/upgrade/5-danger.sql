-- From version 4 to 5: what `schema.sql` says of danger. Categories of danger that are new come from the program's own list.

ALTER TABLE category ADD COLUMN rules TEXT NOT NULL DEFAULT '';

-- 103 is fire alone again, where the township left it as it was.
UPDATE category SET zh = '火情' WHERE code = '103' AND zh = '火情、人身危险';
UPDATE category SET en = 'fire, smoke' WHERE code = '103' AND en = 'fire, danger to life';
