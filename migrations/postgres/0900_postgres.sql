-- What only PostgreSQL needs: keys that were computed for their byte order are compared by bytes,
-- whatever the collation of the database. SQLite compares so anyway.
alter table unit alter column sort_key type text collate "C";
alter table account alter column sort_key type text collate "C";
