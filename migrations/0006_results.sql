-- results: publication and its corrections.

create table publication (
    id uuid primary key,
    round_id uuid not null references round (id),
    version bigint not null,              -- of the outcome it shows
    state text not null,                  -- domain::results::PublicationState
    reason text not null default '',      -- why a correction was made
    answer text not null default '',      -- why it was sent back
    submitted_by uuid references account (id), -- null: a correction that is being prepared
    submitted_at bigint,
    approved_by uuid references account (id),
    approved_at bigint,
    published_at bigint,
    decision_number text not null default '',
    decision_date bigint,
    decision_file bytea,                  -- signed PDF
    unique (round_id, version)
);
