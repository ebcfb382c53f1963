-- identity: units, accounts, sessions, consent, codes, requests, the audit log.
-- Times are milliseconds since 1970 UTC; ids are UUIDv7.

create table unit (
    id uuid primary key,
    code text not null unique,            -- short, stable: so-noi-vu
    name text not null,
    folded text not null,                 -- name and former names without marks, for search
    sort_key text not null,               -- Vietnamese order, computed in Rust
    kind text not null,                   -- domain::identity::UnitKind
    parent_id uuid references unit (id),
    block text not null,                  -- domain::identity::Block; empty: outside the collective contest
    headcount bigint,                     -- CBCCVC and workers; null: no figure
    headcount_as_of bigint,               -- chốt đến ngày
    valid_from bigint,
    valid_until bigint,
    former_names text not null default '',-- names from before a merger, separated by ;
    sample boolean not null default false -- an invented unit, marked as such
);
create index unit_parent on unit (parent_id);

create table unit_lineage (
    old_code text not null,               -- the unit that ended
    old_name text not null,
    unit_id uuid not null references unit (id), -- what it became
    at bigint not null,
    primary key (old_code, unit_id)
);

create table account (
    id uuid primary key,
    login text not null unique,           -- phone number or roster name, lower case
    full_name text not null,              -- as on the identity card, NFC
    folded text not null,
    sort_key text not null,               -- by given name, Vietnamese order
    audience text not null,               -- domain::identity::Audience
    unit_id uuid references unit (id),
    password_hash text,                   -- PHC string; null: cannot sign in
    state text not null,                  -- active | invited | closed
    sample boolean not null default false,-- simulated
    email text not null default '',
    position text not null default '',
    birth_date bigint,
    created_at bigint not null,
    password_at bigint
);
create index account_unit on account (unit_id);

create table role_grant (
    account_id uuid not null references account (id),
    role text not null,                   -- domain::identity::Role
    granted_by uuid references account (id),
    granted_at bigint not null,
    primary key (account_id, role)
);

create table session (
    token_hash bytea primary key,         -- SHA-256 of the 256-bit token
    account_id uuid not null references account (id),
    created_at bigint not null,
    seen_at bigint not null,              -- written at most every 5 minutes
    ends_at bigint not null               -- absolute end
);
create index session_account on session (account_id);

create table throttle (
    key text primary key,                 -- what is limited: login and network, or network
    count bigint not null,
    since bigint not null                 -- start of the counting window
);

create table account_network (
    account_id uuid not null references account (id),
    network bytea not null,               -- keyed digest of the network an account was used from
    seen_at bigint not null,
    primary key (account_id, network)
);

create table consent (
    id uuid primary key,
    account_id uuid not null references account (id),
    purpose text not null,                -- process | publish
    version text not null,
    text text not null,                   -- the words agreed to
    given_at bigint not null,
    until bigint,                         -- processing until
    withdrawn_at bigint
);
create index consent_account on consent (account_id);

create table one_time_code (
    code_hash bytea primary key,
    account_id uuid not null references account (id),
    purpose text not null,                -- activate | reset
    issued_by uuid references account (id),
    issued_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);
create index one_time_code_account on one_time_code (account_id);

create table roster_draft (
    hash bytea not null,                  -- SHA-256 of the file
    account_id uuid not null references account (id), -- who tried it, and alone may accept it
    name text not null,
    bytes bytea not null,                 -- gone when accepted, discarded or an hour old
    tried_at bigint not null,
    primary key (hash, account_id)
);

create table national_id (
    account_id uuid primary key references account (id),
    sealed bytea not null,                -- encrypted
    lookup bytea not null unique,         -- HMAC, for uniqueness
    tail text not null,                   -- last three digits, for masked display
    until bigint,                         -- kept until
    given_at bigint not null
);

create table request (
    id uuid primary key,
    kind text not null,                   -- unit_missing | duplicate_id | correct_data | withdraw_data | unit_change
    account_id uuid references account (id),
    other_account_id uuid references account (id), -- shown to organisers only
    detail text not null default '',      -- JSON of closed values
    created_at bigint not null,
    due_at bigint,
    state text not null,                  -- open | done | declined
    decided_by uuid references account (id),
    decided_at bigint,
    answer text not null default ''
);
create index request_state on request (state, created_at);

create table unit_change (
    id uuid primary key,
    account_id uuid not null references account (id),
    old_unit_id uuid references unit (id),
    new_unit_id uuid references unit (id),
    changed_by uuid not null references account (id),
    reason text not null,
    changed_at bigint not null
);

create table audit_note (
    id uuid primary key,
    at bigint not null,
    account_id uuid,                      -- who; null: the system
    deed text not null,                   -- engine::audit::Deed
    subject text not null,                -- what it was done to: an id or a slug
    detail text not null default ''       -- JSON; never a secret, key or answer
);
create index audit_note_at on audit_note (at);
create index audit_note_subject on audit_note (subject);

create table file (
    hash bytea not null,                  -- SHA-256 of the whole file
    part bigint not null,                 -- from 0; each at most 1 MiB
    bytes bytea not null,
    primary key (hash, part)
);

create table file_about (
    hash bytea primary key,
    media_type text not null,             -- sniffed, never believed
    size bigint not null,
    name text not null,
    added_by uuid references account (id),
    added_at bigint not null
);
