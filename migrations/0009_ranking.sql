-- ranking: boards written in stages, the board of the whole contest, winners asked for their identity number.

-- A ranking is written in many short units of work under a run of its own; it holds once the outcome names that run.
alter table outcome add column run bigint not null default 0; -- standing.run and unit_standing.run that hold
update outcome set run = version;

create table standing_of_run (
    round_id uuid not null references round (id), -- for the board of the contest: its last round
    run bigint not null,                  -- grows with each ranking of the round that is begun
    span text not null,                   -- domain::ranking::Span: round | contest
    account_id uuid not null references account (id),
    audience text not null,               -- whose board
    attempt_id uuid references attempt (id), -- the counted attempt; null on the board of the contest
    unit_id uuid references unit (id),
    line bigint not null,                 -- order within the board, ties in a fixed order
    place bigint not null,                -- equal keys share a place
    correct bigint not null,              -- on the board of the contest every figure is a sum
    score bigint not null,
    prediction bigint,
    distance bigint,                      -- null: blank, or not in every round
    duration_ms bigint not null,
    handed_in_at bigint not null,
    primary key (round_id, run, span, account_id)
);
insert into standing_of_run (round_id, run, span, account_id, audience, attempt_id, unit_id, line, place,
                             correct, score, prediction, distance, duration_ms, handed_in_at)
select s.round_id, s.version, 'round', s.account_id, d.audience, s.attempt_id, s.unit_id, s.line, s.place,
       s.correct, s.score, s.prediction, s.distance, s.duration_ms, s.handed_in_at
from standing s
join division d on d.id = s.division_id;
drop table standing;
alter table standing_of_run rename to standing;
create index standing_line on standing (round_id, run, span, audience, line);

create table unit_standing_of_run (
    round_id uuid not null references round (id),
    run bigint not null,
    span text not null,
    unit_id uuid not null references unit (id),
    block text not null,
    place bigint,                         -- null: below the minimum size, or no headcount
    people bigint not null,               -- người dự thi; on the board of the contest each is counted once
    attempts bigint not null,             -- lượt dự thi
    headcount bigint,
    rate_ppm bigint,                      -- participation, millionths, capped at 1,000,000
    over_headcount boolean not null,      -- more people than headcount: flagged
    mean_milli bigint not null,           -- mean score of the counted attempts, thousandths of a point
    primary key (round_id, run, span, unit_id)
);
insert into unit_standing_of_run (round_id, run, span, unit_id, block, place, people, attempts, headcount,
                                  rate_ppm, over_headcount, mean_milli)
select round_id, version, 'round', unit_id, block, place, people, attempts, headcount,
       rate_ppm, over_headcount, mean_milli
from unit_standing;
drop table unit_standing;
alter table unit_standing_of_run rename to unit_standing;

-- Where a contest asks winners for their identity number: since when this winner has been asked.
alter table award add column number_asked_at bigint;

-- The round whose results announce the prizes of the whole contest; null: the organisers have not chosen it yet.
alter table contest add column summed_up_with uuid references round (id);
