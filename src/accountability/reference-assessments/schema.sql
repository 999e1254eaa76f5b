-- The published results of the National Reference Assessments: every publication of every assessment, with the record of what it was made from.
-- Public to read; written by statisticians. No row speaks of a school or a pupil. Runs on PostgreSQL 15 and newer, and on PGlite.

create schema reference_assessments;

create table reference_assessments.assessment (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{2,79}$'),
  -- Equal to the version of the stream reference-assessments/assessment/<id>.
  version integer not null check (version > 0)
);

create table reference_assessments.publication (
  assessment_id text not null references reference_assessments.assessment,
  number integer not null check (number > 0),
  -- Whom it is of, in the order of phases, as "Year 4".
  phase text not null check (phase <> ''),
  place integer not null,
  subject text not null check (subject <> ''),
  synthetic boolean not null,
  -- What the results were made from: the same identity, the same results.
  identity text not null check (identity ~ '^[0-9a-f]{64}$'),
  record jsonb not null,
  results jsonb not null,
  published_at timestamptz not null,
  published_by text not null,
  primary key (assessment_id, number)
);

alter table reference_assessments.assessment enable row level security;
alter table reference_assessments.publication enable row level security;
create policy anybody_reads on reference_assessments.assessment for select using (true);
create policy anybody_reads on reference_assessments.publication for select using (true);
create policy statisticians_write on reference_assessments.assessment using (platform.holds('statistician'));
create policy statisticians_write on reference_assessments.publication using (platform.holds('statistician'));
grant usage on schema reference_assessments to greenpaper_person;
grant select, insert, update on all tables in schema reference_assessments to greenpaper_person;
