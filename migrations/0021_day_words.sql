-- attempt: words while a round is on, and what each node sees of it.

create table message (
    id uuid primary key,
    round_id uuid not null references round (id),
    attempt_id uuid references attempt (id), -- whom it is for; null: everybody who sits the round
    said_by uuid not null references account (id),
    at bigint not null,
    words text not null
);
create index message_round on message (round_id);

create table asked (
    id uuid primary key,
    round_id uuid not null references round (id),
    attempt_id uuid not null references attempt (id),
    ordinal bigint not null,              -- 1, 2, 3 … of this sheet
    asked_at bigint not null,
    words text not null,
    answered_by uuid references account (id), -- null: it waits for an answer
    answered_at bigint,
    answer text not null default '',
    unique (attempt_id, ordinal)
);
create index asked_round on asked (round_id);

-- What a node tells the others every few seconds; a row that is some seconds old is of a node that has gone.
create table node_report (
    node text not null,
    round_id uuid not null references round (id),
    at bigint not null,
    span_ms bigint not null,              -- since the report before
    saves bigint not null,                -- acknowledged in that span
    errors bigint not null,               -- of sheets, in the last minute
    heard bytea not null,                 -- the last four bytes of the ids of sheets that said something lately
    ended bytea not null,                 -- the same of sheets that ended here lately
    primary key (node, round_id)
);
