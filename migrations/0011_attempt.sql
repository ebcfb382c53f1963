-- attempt: somebody's running sheet is found without looking at everybody else's.

drop index attempt_account;
create index attempt_account on attempt (account_id, stage, deadline);
