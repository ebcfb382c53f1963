-- library: news, initiatives, good models, study texts.

create table article (
    id uuid primary key,
    slug text not null unique,
    contest_id uuid references contest (id), -- null: of the whole site
    kind text not null,                   -- news | initiative | good_model | study
    title text not null,
    summary text not null,
    body text not null,                   -- Markdown
    unit text not null default '',        -- initiatives and models: whose
    contact text not null default '',
    procedure text not null default '',   -- procedure concerned
    image bytea,
    author_id uuid references account (id),
    published_at bigint,                  -- null: draft
    changed_at bigint not null,
    revision bigint not null
);
create index article_published on article (published_at);
