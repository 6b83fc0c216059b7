-- Which message opened a stage: delivered again, it sends again; another one about the same stage does not.
ALTER TABLE stage ADD COLUMN opened_by VARCHAR(255) DEFAULT '' NOT NULL;
