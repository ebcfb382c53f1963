-- attempt: one sitting, and every sheet that was saved in it.

create table attempt (
    id uuid primary key,
    round_id uuid not null references round (id),
    division_id uuid not null references division (id),
    account_id uuid not null references account (id),
    unit_id uuid references unit (id),    -- copied when the attempt starts
    day bigint not null,                  -- day in Vietnam for per-day policies, else 0
    ordinal bigint not null,              -- 1, 2, 3 … of this person in this round (and day)
    stage text not null,                  -- running | handed_in | marked | void
    started_at bigint not null,
    allowance bigint not null default 0,  -- extra time (bù giờ), milliseconds
    deadline bigint not null,
    paper bytea not null,                 -- the draw: see domain::attempt::Paper
    hold bigint not null,                 -- which tab or device has the sheet
    seq bigint not null,                  -- of the newest kept save, counted or late
    head bytea not null,                  -- chain hash of the newest kept save
    answers bytea not null,               -- canonical bytes of the newest counted sheet
    saved_at bigint not null,
    prediction bigint,                    -- scaled by the rule's decimals; null: blank
    ended_at bigint,
    ended_by text,                        -- contestant | clock | organiser
    receipt text,                         -- random, shown to the contestant
    correct bigint,
    score bigint,
    key_version bigint,                   -- of the keys it was marked with
    flag text not null default '',        -- why a reviewer should look at it; empty: no reason
    void_why text not null default '',    -- không công nhận kết quả: reason shown to the person
    unique (round_id, account_id, day, ordinal)
);
create index attempt_account on attempt (account_id);
create index attempt_running on attempt (stage, deadline);

create table saved_sheet (
    attempt_id uuid not null references attempt (id),
    seq bigint not null,
    hold bigint not null,
    received_at bigint not null,
    late boolean not null default false,  -- after deadline and grace: kept, never counted
    answers bytea not null,
    hash bytea not null,
    primary key (attempt_id, seq, hold)
);
