-- When each plan of the site file is due next; a plan that is not in the site file any more is forgotten.
CREATE TABLE due (
    plan          VARCHAR(64)  PRIMARY KEY,
    at            TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
