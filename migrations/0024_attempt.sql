-- attempt: what came too late is found without looking at what came in time.

create index saved_sheet_late on saved_sheet (received_at) where late;
