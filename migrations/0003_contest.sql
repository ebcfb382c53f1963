-- contest: contests, rounds, divisions, prizes, who may not enter, and what freezes at opening.

create table contest (
    id uuid primary key,
    slug text not null unique,
    title text not null,
    host text not null,                   -- đơn vị chủ trì
    stage text not null,                  -- domain::contest::ContestStage
    introduction text not null,           -- Markdown
    guide text not null,                  -- Markdown
    help_line text not null,
    contact text not null,                -- Markdown
    faq text not null default '',         -- Markdown: Hỏi đáp
    press_contact text not null default '',
    banner bytea,                         -- file hash
    one_prize_each boolean not null,      -- mỗi người tối đa một giải trong cuộc thi
    id_number text not null,              -- domain::contest::IdNumberRule
    id_number_until bigint,
    extra_fields text not null,           -- JSON list: birth_date, position, email
    simulated boolean not null default false,
    created_by uuid references account (id),
    created_at bigint not null,
    revision bigint not null
);

create table contest_rules (
    contest_id uuid not null references contest (id),
    version bigint not null,
    text text not null,                   -- thể lệ, Markdown
    reason text not null default '',
    decided_by uuid references account (id),
    decided_at bigint not null,
    primary key (contest_id, version)
);

create table contest_document (
    id uuid primary key,
    contest_id uuid references contest (id), -- null: in the library of all contests
    title text not null,
    address text not null default '',     -- a link, or
    file bytea,                           -- a file hash
    position bigint not null
);

create table exclusion (
    contest_id uuid not null references contest (id),
    account_id uuid not null references account (id),
    why text not null,                    -- organiser | author | reviewer | named
    primary key (contest_id, account_id)
);

create table round (
    id uuid primary key,
    contest_id uuid not null references contest (id),
    position bigint not null,
    label text not null,                  -- Tuần 1, Kỳ 1, Vòng 1
    stage text not null,                  -- domain::contest::RoundStage
    opens_at bigint not null,
    closes_at bigint not null,
    results_expected_at bigint,           -- "dự kiến ngày"
    rules text not null,                  -- JSON of domain::contest::RoundRules
    frozen_at bigint,
    frozen_by uuid references account (id),
    headcount_as_of bigint,               -- chốt đến ngày
    key_version bigint not null default 1,-- grows with every correction of keys
    revision bigint not null,
    unique (contest_id, position)
);

create table division (
    id uuid primary key,
    round_id uuid not null references round (id),
    audience text not null,
    rules text not null,                  -- JSON of domain::contest::DivisionRules
    unique (round_id, audience)
);

create table division_pool (
    division_id uuid not null references division (id),
    position bigint not null,             -- the number a draw speaks of
    question_id uuid not null references question (id),
    version_id uuid not null references question_version (id),
    cell bigint not null,                 -- which cell of the blueprint it can fill
    primary key (division_id, position)
);

create table frozen_headcount (
    round_id uuid not null references round (id),
    unit_id uuid not null references unit (id),
    block text not null,
    headcount bigint,
    primary key (round_id, unit_id)
);

create table prize (
    id uuid primary key,
    contest_id uuid not null references contest (id),
    round_id uuid references round (id),  -- null: of the whole contest
    audience text,                        -- individual prizes
    block text,                           -- collective prizes
    name text not null,                   -- Nhất, Nhì, Ba, Khuyến khích
    quantity bigint not null,
    value bigint not null,                -- đồng
    position bigint not null              -- from the highest
);

create table entry (
    contest_id uuid not null references contest (id),
    account_id uuid not null references account (id),
    code text not null,                   -- mã dự thi: short, random, public with winners
    extra text not null,                  -- JSON of the contest's extra fields
    rules_version bigint not null,        -- the thể lệ that was in force
    entered_at bigint not null,
    primary key (contest_id, account_id),
    unique (contest_id, code)
);

create table round_change (
    id uuid primary key,
    round_id uuid not null references round (id),
    what text not null,                   -- JSON: the closed set of changes
    reason text not null,
    proposed_by uuid not null references account (id),
    proposed_at bigint not null,
    decided_by uuid references account (id),
    decided_at bigint,
    state text not null                   -- proposed | done | declined
);
