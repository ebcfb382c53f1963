-- contest: a new thể lệ that waits for a second person while a round is frozen.

create table rules_proposal (
    id uuid primary key,
    contest_id uuid not null references contest (id),
    text text not null,                   -- thể lệ, Markdown
    reason text not null,                 -- public once it is in force
    proposed_by uuid not null references account (id),
    proposed_at bigint not null,
    state text not null,                  -- domain::contest::ChangeState
    decided_by uuid references account (id),
    decided_at bigint,
    answer text not null default '',      -- why it was declined
    version bigint                        -- which version of contest_rules it became
);
-- One at a time: the next is written on what was decided about this one.
create unique index rules_proposal_waiting on rules_proposal (contest_id) where state = 'proposed';
