-- Drawn pupils of a school who were erased at the request of their parents or of themselves: a number, so that weights can say what was lost.
alter table assessment_fieldwork.sampled_school add column erased integer not null default 0 check (erased >= 0);
