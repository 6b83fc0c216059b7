-- A step that was due stays due until its message is known to have been sent; till then nobody knows whether it was.
ALTER TABLE step ADD COLUMN sending BOOLEAN DEFAULT FALSE NOT NULL;
