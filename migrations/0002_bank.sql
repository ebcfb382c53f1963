-- bank: topics, questions, their versions and the history of their review.

create table topic (
    id uuid primary key,
    code text not null unique,            -- 1 … 7 for the heads of the plan, 1.1 below
    name text not null,
    parent_id uuid references topic (id),
    position bigint not null
);

create table question (
    id uuid primary key,
    code text not null unique,
    author_id uuid not null references account (id),
    topic_id uuid not null references topic (id),      -- of the newest version
    difficulty text not null,                          -- of the newest version
    status text not null,                              -- of the newest version: domain::bank::Status
    newest_id uuid not null,                           -- the newest version
    approved_id uuid,                                  -- the version that may be drawn
    folded text not null,                              -- text, options and legal basis without marks
    created_at bigint not null,
    changed_at bigint not null
);
create index question_topic on question (topic_id, difficulty);
create index question_approved on question (approved_id);
create index question_changed on question (changed_at);

create table question_version (
    id uuid primary key,
    question_id uuid not null references question (id),
    number bigint not null,               -- 1, 2, 3 …
    topic_id uuid not null references topic (id),
    difficulty text not null,
    kind text not null,                   -- domain::bank::Kind, the same as in content
    content text not null,                -- JSON of domain::bank::Content
    key text not null,                    -- JSON of domain::bank::Key, or null while a draft has none
    explanation text not null,            -- Markdown
    legal_document text not null,
    legal_article text not null,
    legal_from bigint,
    legal_until bigint,
    tags text not null,                   -- separated by ,
    status text not null,
    author_id uuid not null references account (id),
    reviewer_id uuid references account (id),
    revision bigint not null,             -- grows with each autosave of a draft
    served boolean not null default false,-- immutable since it was frozen into a round
    created_at bigint not null,
    changed_at bigint not null,
    unique (question_id, number)
);
create index question_version_topic on question_version (topic_id);

create table question_event (
    id uuid primary key,
    question_id uuid not null references question (id),
    version_id uuid not null references question_version (id),
    ordinal bigint not null,              -- 1, 2, 3 … of this question
    at bigint not null,
    account_id uuid not null references account (id),
    what text not null,                   -- domain::bank::Step
    comment text not null default '',
    unique (question_id, ordinal)
);
