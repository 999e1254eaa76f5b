-- The same schools measured in other ways, the chance in the decisions, the agreement of the years. Null with earlier publications.
alter table quality_mark.measure add column comparison jsonb;
-- How probable another decision is on another draw of pupils; null where the decision does not rest on value added.
alter table quality_mark.decision add column probability_otherwise double precision
  check (probability_otherwise between 0 and 1);
