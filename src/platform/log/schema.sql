-- The log of everything that happened to a case: append-only, numbered without gaps, each event holding the hash of the one before.
-- Runs on PostgreSQL 15 and newer, and on PGlite.

create schema log;

create table log.event (
  number bigint primary key check (number > 0),
  -- proposal/kind/id, as quality-mark/case/2025-26/100123.
  stream text not null check (stream ~ '^[a-z0-9-]+(/[A-Za-z0-9_.:-]+)+$'),
  version integer not null check (version > 0),
  kind text not null check (kind ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'),
  -- Who: a person with the grants held then, the program, or nobody known.
  actor jsonb not null,
  -- The moment in UTC with three digits of a second, as ECMAScript writes it: a text, because it is hashed as it stands.
  at text not null check (at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$'),
  -- Which school, region or trust it is about, for row-level security; none for what concerns the whole country.
  urn text,
  region_code text,
  trust_uid text,
  body jsonb not null,
  -- SHA-256 of the canonical JSON of all of the above and the hash before.
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  unique (stream, version)
);

-- The newest event. Whoever appends locks this row first, so that numbers have no gaps and the chain one thread.
create table log.head (
  only_row boolean primary key default true check (only_row),
  number bigint not null,
  hash text not null
);
insert into log.head (number, hash) values (0, repeat('0', 64));

create function log.refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append-only: % of % is refused', lower(tg_op), tg_table_schema || '.' || tg_table_name
    using errcode = 'GP001';
end $$;

create trigger append_only before update or delete or truncate on log.event for each statement execute function log.refuse();
create trigger stays before insert or delete or truncate on log.head for each statement execute function log.refuse();

-- The head moves forward only, and only to an event that is there.
-- With the owner's rights: whoever appends need not be one who may read the event.
create function log.check_head() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.number <= old.number or not exists (select from log.event where number = new.number and hash = new.hash) then
    raise exception 'the head of the log can only move on to an event that was appended' using errcode = 'GP001';
  end if;
  return new;
end $$;
create trigger moves_on before update on log.head for each row execute function log.check_head();

-- Always: also where a session was told to pass triggers over, as a replica's is.
alter table log.event enable always trigger append_only;
alter table log.head enable always trigger stays;
alter table log.head enable always trigger moves_on;

alter table log.event enable row level security;
create policy reads on log.event for select using (
  case when coalesce(urn, region_code, trust_uid) is null then platform.is_signed_in()
    else platform.may_reach(urn, region_code, trust_uid) end);
create policy appends on log.event for insert with check (
  coalesce(urn, region_code, trust_uid) is null or platform.may_reach(urn, region_code, trust_uid));
grant usage on schema log to greenpaper_person;
grant select, insert on log.event to greenpaper_person;
grant select, update on log.head to greenpaper_person;
