-- Work that takes longer than a request. A row is a job; whoever runs its next step holds the row's lock, and the step's own changes are
-- committed with the job's new place. Runs on PostgreSQL 15 and newer, and on PGlite.

create schema jobs;

create table jobs.job (
  id bigint generated always as identity primary key,
  -- As quality-mark/publish.
  kind text not null check (kind ~ '^[a-z0-9-]+/[a-z0-9-]+$'),
  title text not null check (title <> ''),
  input jsonb,
  -- Two jobs of a kind with the same key are never under way at once.
  key text,
  state text not null default 'queued' check (state in ('queued', 'running', 'succeeded', 'failed', 'stopped')),
  -- Where the next step begins; null before the first.
  cursor jsonb,
  done bigint not null default 0 check (done >= 0),
  total bigint check (total >= 0),
  result jsonb,
  -- Tries of the step under way, each counted before it begins, so that one that ends the program counts too.
  attempts integer not null default 0,
  -- What the last try that failed said.
  error text,
  started_by jsonb not null,
  -- The people who may see it: who started it, and who asked for the same work while it was under way. None for the program's own.
  people text[] not null default '{}',
  stopped_by jsonb,
  queued_at timestamptz not null default now(),
  begun_at timestamptz,
  ended_at timestamptz,
  -- Not tried before.
  due_at timestamptz not null default now(),
  stepped_at timestamptz,
  -- Time spent in steps that were kept, from which the remaining time is told.
  worked_ms bigint not null default 0,
  -- Which process tries the step, and how long it has the step to itself before it holds the row's lock (while it computes).
  worker text,
  lease_until timestamptz,
  check ((state in ('succeeded', 'failed', 'stopped')) = (ended_at is not null))
);
create unique index job_key on jobs.job (kind, key) where state in ('queued', 'running');
create index job_next on jobs.job (stepped_at nulls first, id) where state in ('queued', 'running');
create index job_people on jobs.job using gin (people);

-- Lets a person see the job of this key that is under way. With the owner's rights, because until then the person may not.
create function jobs.join_job(which_kind text, which_key text, person text) returns bigint
  language sql security definer set search_path = pg_catalog
begin atomic
  update jobs.job set people = case when person is null or person = any(people) then people else people || person end
    where kind = which_kind and key = which_key and state in ('queued', 'running')
    returning id;
end;

alter table jobs.job enable row level security;
create policy own on jobs.job using (platform.person_id() = any(people) or platform.holds('administrator'));
grant usage on schema jobs to greenpaper_person;
grant select, insert, update on jobs.job to greenpaper_person;
