-- ranking: the head of a board and the place above somebody's are found without looking at all its lines.

drop index standing_line;
create index standing_place on standing (round_id, run, span, audience, place, line);
