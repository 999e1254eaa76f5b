-- What a school says to its case beyond the case itself: corrections with their facts, documents, and what each would change. It holds
-- personal details, so it is apart from the case and its log, and none of it is public. Runs on PostgreSQL 15 and newer, and on PGlite.

create schema school_side;

create table school_side.correction (
  id text primary key check (id ~ '^[0-9a-f]{16}$'),
  urn text not null references register.school,
  academic_year text not null check (academic_year ~ '^[0-9]{4}/[0-9]{2}$'),
  region_code text not null references register.region,
  -- The measure that the pupil counts in.
  phase text not null,
  -- A keyed hash of the reference in the pupil files, and its last characters so that the school knows which one it was.
  pupil text not null check (pupil ~ '^[0-9a-f]{64}$'),
  hint text not null,
  reason text not null,
  action text not null check (action in ('leave-out', 'shares')),
  shares jsonb not null,
  facts jsonb not null,
  words text not null,
  state text not null check (state in ('draft', 'raised', 'accepted', 'refused', 'dropped')),
  -- Its number in the case once it was raised.
  number integer check (number > 0),
  made_at timestamptz not null,
  made_by text not null,
  check ((state in ('raised', 'accepted', 'refused')) = (number is not null))
);
create unique index correction_live on school_side.correction (urn, academic_year, pupil) where state in ('draft', 'raised');
create index correction_case on school_side.correction (urn, academic_year);

create table school_side.document (
  id text primary key check (id ~ '^[0-9a-f]{16}$'),
  urn text not null references register.school,
  academic_year text not null,
  region_code text not null references register.region,
  part text not null check (part in ('correction', 'representation', 'appeal')),
  correction_id text references school_side.correction,
  name text not null check (name <> ''),
  type text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bytea not null check (length(bytes) between 1 and 5000000),
  stored_at timestamptz not null,
  stored_by text not null,
  check ((part = 'correction') = (correction_id is not null))
);
create index document_case on school_side.document (urn, academic_year);

-- What some corrections of a school would change together: asked for when they are drafted, computed where the pupil files are.
create table school_side.effect (
  urn text not null references register.school,
  academic_year text not null,
  region_code text not null references register.region,
  phase text not null,
  -- Ids of the corrections in order, joined by "+".
  key text not null,
  asked_at timestamptz not null,
  computed_at timestamptz,
  result jsonb,
  primary key (urn, academic_year, key),
  check ((computed_at is null) = (result is null))
);
create index effect_pending on school_side.effect (academic_year, asked_at) where computed_at is null;

create function school_side.is_school(of_urn text) returns boolean language sql stable parallel safe
  return platform.may_act('school', of_urn, null, null);
create function school_side.is_officer(of_urn text, of_region text) returns boolean language sql stable parallel safe
  return platform.may_act('regional-officer', of_urn, of_region, null) or platform.may_act('regional-director', of_urn, of_region, null);

-- A draft is the school's own; what was raised, its region's office reads too.
alter table school_side.correction enable row level security;
create policy seen on school_side.correction for select using (
  school_side.is_school(urn) or (number is not null and school_side.is_officer(urn, region_code)));
create policy made on school_side.correction for insert with check (school_side.is_school(urn));
create policy changed on school_side.correction for update using (
  school_side.is_school(urn) or (number is not null and school_side.is_officer(urn, region_code)));

alter table school_side.document enable row level security;
create policy seen on school_side.document for select using (
  (school_side.is_school(urn) or school_side.is_officer(urn, region_code))
  and (correction_id is null or exists (select from school_side.correction c where c.id = correction_id)));
create policy kept on school_side.document for insert with check (school_side.is_school(urn));

alter table school_side.effect enable row level security;
create policy seen on school_side.effect for select using (school_side.is_school(urn) or school_side.is_officer(urn, region_code));
create policy asked on school_side.effect for insert with check (school_side.is_school(urn) or school_side.is_officer(urn, region_code));

grant usage on schema school_side to greenpaper_person;
grant select, insert on school_side.correction, school_side.document, school_side.effect to greenpaper_person;
grant update (state, number) on school_side.correction to greenpaper_person;
