-- Enough teachers (R1): the yearly statements of sufficiency and the shortage lists that were adopted from them. Published statements and lists
-- are public to read; officials and statisticians ask for statements, officials publish and adopt. Runs on PostgreSQL 15 and newer, and on PGlite.

create schema teacher_supply;

create table teacher_supply.statement (
  id integer primary key generated always as identity,
  -- The calendar year in which the academic year begins.
  academic_year integer not null check (academic_year between 2000 and 2100),
  state text not null check (state in ('waiting', 'made', 'published')),
  -- The canonical text of the scenario that is run, with its seed, draws and share.
  scenario text not null,
  job text,
  -- The model's version, the hashes of the country and of the declared run, and the statement itself; null while it waits.
  model text,
  data_hash text,
  result_hash text,
  content jsonb check ((state = 'waiting') = (content is null)),
  -- What the Secretary of State answers to the shortfall it shows.
  answer text check ((state = 'published') = (answer is not null)),
  asked_at timestamptz not null,
  asked_by text not null,
  published_at timestamptz check ((state = 'published') = (published_at is not null)),
  published_by text check ((state = 'published') = (published_by is not null)),
  -- Equal to the version of the stream teacher-supply/statement/<id>.
  version integer not null check (version > 0)
);

create table teacher_supply.shortage_list (
  -- From 1, in the order of adoption; equal to the version of the stream teacher-supply/shortage-list.
  number integer primary key check (number > 0),
  statement_id integer not null references teacher_supply.statement,
  -- It holds from this day until the next list's.
  from_date date not null unique,
  -- The subjects on it, in the order of the simulation's subjects.
  subjects jsonb not null,
  adopted_at timestamptz not null,
  adopted_by text not null
);

alter table teacher_supply.statement enable row level security;
alter table teacher_supply.shortage_list enable row level security;
create policy anybody_reads on teacher_supply.statement for select using (state = 'published');
create policy anybody_reads on teacher_supply.shortage_list for select using (true);
create policy planners_write on teacher_supply.statement
  using (platform.holds('policy-official') or platform.holds('statistician'));
create policy officials_write on teacher_supply.shortage_list using (platform.holds('policy-official'));
grant usage on schema teacher_supply to greenpaper_person;
grant select, insert, update on all tables in schema teacher_supply to greenpaper_person;
