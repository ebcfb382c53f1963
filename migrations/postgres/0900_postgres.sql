-- What only PostgreSQL needs: nothing yet. The file keeps the folder and its number.
select 1;
