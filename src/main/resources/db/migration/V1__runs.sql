-- Times are UTC. JSON texts are validated against config/schema before they get here.
CREATE TABLE run (
    id            VARCHAR(128) PRIMARY KEY,
    kind          VARCHAR(16)  NOT NULL,
    plan          VARCHAR(64)  NOT NULL,
    level         VARCHAR(16)  NOT NULL,
    source        VARCHAR(16)  NOT NULL,          -- timer, folder, queue, rest, cli, change
    trigger_key   VARCHAR(256) NOT NULL UNIQUE,
    requested_by  VARCHAR(256) NOT NULL,
    set_id        VARCHAR(128),
    request       TEXT         NOT NULL,          -- run.Request as JSON
    created       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    due_by        TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    expected      INTEGER,                        -- written before the first step of the plan
    cancelled     TIMESTAMP(6) WITH TIME ZONE,
    closed        TIMESTAMP(6) WITH TIME ZONE,
    failure       VARCHAR(4000),                  -- why it could not be planned or carried on
    failure_exit  INTEGER,                        -- and the exit code that follows from it
    exit_code     INTEGER,
    summary       TEXT
);

CREATE TABLE part (
    run_id        VARCHAR(128) NOT NULL REFERENCES run (id),
    part          VARCHAR(320) NOT NULL,
    ordinal       INTEGER      NOT NULL,
    expectation   TEXT         NOT NULL,          -- plan.Expectation as JSON
    PRIMARY KEY (run_id, part)
);

CREATE TABLE stage (
    run_id        VARCHAR(128) NOT NULL REFERENCES run (id),
    no            INTEGER      NOT NULL,
    name          VARCHAR(32)  NOT NULL,
    opened        TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    closed        TIMESTAMP(6) WITH TIME ZONE,
    PRIMARY KEY (run_id, no)
);

CREATE TABLE step (
    run_id        VARCHAR(128) NOT NULL,
    id            VARCHAR(128) NOT NULL,
    stage_no      INTEGER      NOT NULL,
    attempt       INTEGER      NOT NULL,          -- the current one
    definition    TEXT         NOT NULL,          -- step.Step of the current attempt as JSON
    sent          TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    worker        VARCHAR(32),                    -- who claimed the current attempt
    lease_until   TIMESTAMP(6) WITH TIME ZONE,    -- its lease; null until it is claimed
    closed        TIMESTAMP(6) WITH TIME ZONE,
    PRIMARY KEY (run_id, id),
    FOREIGN KEY (run_id, stage_no) REFERENCES stage (run_id, no)
);

CREATE TABLE result (
    run_id        VARCHAR(128) NOT NULL,
    step_id       VARCHAR(128) NOT NULL,
    attempt       INTEGER      NOT NULL,
    received      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    late          BOOLEAN      NOT NULL,          -- the step had its final result already
    final_one     BOOLEAN      NOT NULL,          -- this result closed the step
    result        TEXT         NOT NULL,          -- step.StepResult as JSON
    PRIMARY KEY (run_id, step_id, attempt),
    FOREIGN KEY (run_id, step_id) REFERENCES step (run_id, id)
);

CREATE TABLE outbox (
    id            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id        VARCHAR(128),
    channel       VARCHAR(16)  NOT NULL,          -- email, teams
    message       TEXT         NOT NULL,          -- notify's message as JSON
    created       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    next_try      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    tries         INTEGER      NOT NULL,
    sent          TIMESTAMP(6) WITH TIME ZONE,
    given_up      TIMESTAMP(6) WITH TIME ZONE,
    error         VARCHAR(2000)
);

CREATE TABLE dead (
    id            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at            TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    queue         VARCHAR(128) NOT NULL,
    reason        VARCHAR(4000) NOT NULL,
    body          TEXT         NOT NULL
);

CREATE INDEX open_runs ON run (closed);
CREATE INDEX open_steps ON step (run_id, stage_no, closed);
CREATE INDEX due_news ON outbox (sent, next_try);
