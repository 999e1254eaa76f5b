-- Who asked whether a school may be visited, and what the answer was. An enquiry is never changed. Runs on PostgreSQL 15 and newer, and
-- on PGlite.

create schema exemption;

create table exemption.enquiry (
  -- The school as it was asked about, and its number among the enquiries about it: equal to the version of the stream of events.
  urn text not null references register.school,
  version integer not null check (version > 0),
  region_code text references register.region,
  agency_id text not null,
  agency text not null check (agency <> ''),
  -- The code of a purpose.
  purpose text not null,
  note text check (note <> ''),
  asked_at timestamptz not null,
  -- The URN whose mark counted: the same school under an earlier or later one, or the same.
  counted_urn text not null check (counted_urn ~ '^[0-9]{6}$'),
  may_visit boolean not null,
  code text not null,
  reason text not null check (reason <> ''),
  until date,
  primary key (urn, version),
  check (may_visit = (until is null))
);
create index enquiry_time on exemption.enquiry (region_code, asked_at desc);
create index enquiry_counted on exemption.enquiry (counted_urn, asked_at desc);

-- The number of the newest enquiry about each school, whoever asked: an agency sees only its own, and numbers go on.
create function exemption.newest(urns text[]) returns table (urn text, version integer)
language sql stable security definer set search_path = pg_catalog as $$
  select e.urn, max(e.version) from exemption.enquiry e where e.urn = any(urns) group by e.urn
$$;

-- An agency sees its own enquiries, a school those about it, and a region's office those about its schools.
alter table exemption.enquiry enable row level security;
create policy seen on exemption.enquiry for select using (
  (platform.holds('agency') and agency_id = platform.person_id())
  or platform.may_act('school', urn, null, null) or platform.may_act('school', counted_urn, null, null)
  or platform.may_act('regional-officer', urn, region_code, null) or platform.may_act('regional-director', urn, region_code, null));
create policy asked on exemption.enquiry for insert with check (platform.holds('agency') and agency_id = platform.person_id());

grant usage on schema exemption to greenpaper_person;
grant select, insert on exemption.enquiry to greenpaper_person;
