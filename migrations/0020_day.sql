-- day: what organisers decide while a round is on: pauses, extra time, late starts, more attempts.

alter table round add column paused_since bigint; -- null: it is not paused
alter table attempt add column paused bigint not null default 0; -- milliseconds in which a pause held the sheet: no time was spent

create table round_pause (
    round_id uuid not null references round (id),
    began_at bigint not null,
    began_by uuid not null references account (id),
    reason text not null,
    ended_at bigint,                      -- null: it is still on
    resumed_with uuid references round_change (id),
    sheets bigint not null default 0,     -- running sheets whose deadline its end moved
    primary key (round_id, began_at)
);
create unique index round_pause_open on round_pause (round_id) where ended_at is null; -- at most one

create table round_grant (
    change_id uuid primary key references round_change (id),
    round_id uuid not null references round (id),
    account_id uuid references account (id), -- to one person, or
    unit_id uuid references unit (id),    -- to everybody who takes part for a unit
    extra bigint not null,                -- bù giờ, milliseconds
    start_until bigint,                   -- one may start before this moment, whenever the round closes
    attempts bigint not null,             -- beyond what the rules allow
    sheets bigint not null                -- running sheets whose deadline it moved
);
create index round_grant_round on round_grant (round_id);
