-- ranking: reviewed entries, frozen standings of people and units, prizes given, ties decided.

create table attempt_review (
    attempt_id uuid primary key references attempt (id),
    round_id uuid not null references round (id),
    verdict text not null,                -- kept | voided
    reason text not null,
    decided_by uuid not null references account (id),
    decided_at bigint not null
);
create index attempt_review_round on attempt_review (round_id);

create table outcome (
    round_id uuid not null references round (id),
    version bigint not null,              -- 1, then one more for each correction
    computed_at bigint not null,
    facts text not null,                  -- JSON of the frozen figures of the announcement
    primary key (round_id, version)
);

create table standing (
    round_id uuid not null references round (id),
    version bigint not null,
    division_id uuid not null references division (id),
    account_id uuid not null references account (id),
    attempt_id uuid not null references attempt (id),
    unit_id uuid references unit (id),
    line bigint not null,                 -- order within the division, ties in a fixed order
    place bigint not null,                -- equal keys share a place
    correct bigint not null,
    score bigint not null,
    prediction bigint,
    distance bigint,                      -- null: blank
    duration_ms bigint not null,
    handed_in_at bigint not null,
    primary key (round_id, version, account_id)
);
create index standing_line on standing (round_id, version, division_id, line);

create table unit_standing (
    round_id uuid not null references round (id),
    version bigint not null,
    unit_id uuid not null references unit (id),
    block text not null,
    place bigint,                         -- null: below the minimum size, or no headcount
    people bigint not null,               -- người dự thi
    attempts bigint not null,             -- lượt dự thi
    headcount bigint,
    rate_ppm bigint,                      -- participation, millionths, capped at 1,000,000
    over_headcount boolean not null,      -- more people than headcount: flagged
    mean_milli bigint not null,           -- mean score of the counted attempts, thousandths of a point
    primary key (round_id, version, unit_id)
);

create table award (
    id uuid primary key,
    contest_id uuid not null references contest (id),
    round_id uuid references round (id),
    version bigint not null,
    prize_id uuid not null references prize (id),
    account_id uuid references account (id),
    unit_id uuid references unit (id),
    place bigint not null,
    state text not null,                  -- proposed | verified | withdrawn
    why text not null default '',
    decided_by uuid references account (id),
    decided_at bigint
);
create index award_round on award (round_id, version);
create index award_contest on award (contest_id);

create table tie (
    round_id uuid not null references round (id),
    version bigint not null,
    prize_id uuid not null references prize (id),
    decision text not null,               -- divide | lots
    chosen text not null,                 -- JSON list of account or unit ids, in the drawn order
    minutes text not null,                -- biên bản
    decided_by uuid not null references account (id),
    decided_at bigint not null,
    primary key (round_id, version, prize_id)
);
