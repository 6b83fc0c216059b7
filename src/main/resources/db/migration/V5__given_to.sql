-- Whose step it is, also in its definition: asked for at each claim and result.
ALTER TABLE step ADD COLUMN given_to VARCHAR(32) DEFAULT '' NOT NULL;
UPDATE step SET given_to = REGEXP_REPLACE(definition, '^.*"worker":"([a-z0-9-]+)".*$', '$1');
