-- What a school's office adds to its public page: links, telephone number, statements. Everything else on the page is the register's.
-- Runs on PostgreSQL 15 and newer, and on PGlite.

create schema school_information;

create table school_information.page (
  urn text primary key references register.school,
  -- The version of the page's stream in the log.
  version integer not null check (version > 0),
  -- By the id of the duty: a link, a statement, or both.
  entries jsonb not null,
  changed_on timestamptz not null
);

alter table school_information.page enable row level security;
create policy read_by_all on school_information.page for select using (true);
create policy written_by_school on school_information.page for insert with check (
  platform.may_act('school', urn, null, null)
);
create policy changed_by_school on school_information.page for update using (platform.may_act('school', urn, null, null));

grant usage on schema school_information to greenpaper_person;
grant select, insert, update on school_information.page to greenpaper_person;
