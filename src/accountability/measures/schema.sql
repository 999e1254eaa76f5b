-- The register of accountability measures: every declaration that was ever judged, admitted or refused, with the words it was judged in.
-- Public to read; written by policy officials. Runs on PostgreSQL 15 and newer, and on PGlite.

create schema measures;

create table measures.measure (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{2,79}$'),
  -- Equal to the version of the stream measures/measure/<id>.
  version integer not null check (version > 0)
);

create table measures.declaration (
  measure_id text not null references measures.measure,
  number integer not null check (number > 0),
  outcome text not null check (outcome in ('admitted', 'refused')),
  -- The measure as it was proposed.
  proposed jsonb not null,
  -- Code and text of each reason against it; none where it was admitted.
  reasons jsonb not null check ((outcome = 'refused') = (jsonb_array_length(reasons) > 0)),
  -- Sentences that whoever admits it should know.
  notes jsonb not null,
  from_date date not null,
  -- The first day on which it no longer holds: a later declaration took over, or it was withdrawn.
  until_date date check (until_date >= from_date),
  withdrawn_because text check (withdrawn_because <> ''),
  judged_at timestamptz not null,
  judged_by text not null,
  primary key (measure_id, number),
  check (withdrawn_because is null or until_date is not null)
);

alter table measures.measure enable row level security;
alter table measures.declaration enable row level security;
create policy anybody_reads on measures.measure for select using (true);
create policy anybody_reads on measures.declaration for select using (true);
create policy officials_write on measures.measure using (platform.holds('policy-official'));
create policy officials_write on measures.declaration using (platform.holds('policy-official'));
grant usage on schema measures to greenpaper_person;
grant select, insert, update on all tables in schema measures to greenpaper_person;
