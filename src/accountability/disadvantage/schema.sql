-- Published attainment of disadvantaged pupils and others in England, year by year, as imported from the department's files.
-- Public to read; written by imports. No row speaks of a school or a pupil. Runs on PostgreSQL 15 and newer, and on PGlite.

create schema disadvantage;

create table disadvantage.attainment (
  measure text not null check (measure ~ '^[a-z][a-z0-9-]{2,79}$'),
  year text not null check (year ~ '^[0-9]{4}$'),
  -- Percentages or points of the disadvantaged and of the others.
  lower double precision not null,
  others double precision not null,
  -- Pupils of both groups; null where the file doesn't give them.
  lower_pupils integer check (lower_pupils > 0),
  others_pupils integer check (others_pupils > 0),
  -- The file it came from.
  source text not null check (source <> ''),
  imported_at timestamptz not null,
  primary key (measure, year)
);

alter table disadvantage.attainment enable row level security;
create policy anybody_reads on disadvantage.attainment for select using (true);
create policy statisticians_write on disadvantage.attainment using (platform.holds('statistician'));
grant usage on schema disadvantage to greenpaper_person;
grant select, insert, update on all tables in schema disadvantage to greenpaper_person;
