-- lease: which of several nodes does scheduled work.

create table lease (
    name text primary key,                -- which work
    holder text not null,                 -- the node that does it
    until bigint not null                 -- another node may take it after this moment
);
