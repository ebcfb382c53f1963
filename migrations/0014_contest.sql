-- contest: since when somebody is excluded, and which pools share a question.

-- Who is excluded after a round has closed keeps what was won in it.
alter table exclusion add column since bigint not null default 0; -- 0: from the beginning

create index division_pool_question on division_pool (question_id);
