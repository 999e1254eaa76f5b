-- The Expert Working Group's consultations, its rounds of rating, the frameworks it adopts, and what was found under them.
-- Runs on PostgreSQL 15 and newer, and on PGlite.

create schema specialist_framework;

create table specialist_framework.consultation (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{2,79}$'),
  title text not null check (title <> ''),
  about text not null,
  state text not null check (state in ('draft', 'open', 'rating', 'reported')),
  opens_on date not null,
  -- The last day for responses.
  closes_on date not null check (closes_on >= opens_on),
  questions jsonb not null,
  rounds integer not null check (rounds >= 0),
  round_open boolean not null,
  -- What the group reported, as it stood on the day; null before.
  report jsonb check ((state = 'reported') = (report is not null)),
  -- Equal to the version of the stream specialist-framework/consultation/<id>.
  version integer not null check (version > 0)
);

-- Written by the service for anybody, and then moved by the group alone. Its events are in specialist-framework/response/<consultation>-<number>.
create table specialist_framework.response (
  consultation_id text not null references specialist_framework.consultation,
  number integer not null check (number > 0),
  respondent text not null,
  -- Empty where the respondent gave none.
  name text not null,
  answers jsonb not null,
  evidence jsonb not null,
  may_be_published boolean not null,
  -- Why the group doesn't show it although it may; null where it does.
  hidden_because text check (hidden_because <> ''),
  received_at timestamptz not null,
  primary key (consultation_id, number)
);

create table specialist_framework.statement (
  consultation_id text not null references specialist_framework.consultation,
  number integer not null check (number > 0),
  words text not null check (words <> ''),
  -- Numbers of the responses it was drawn from.
  rests_on jsonb not null,
  primary key (consultation_id, number)
);

-- One member's rating of one statement in one round. Members see their own and the group's spread, never each other's.
create table specialist_framework.rating (
  consultation_id text not null,
  statement integer not null,
  round integer not null check (round > 0),
  member_id text not null,
  rating integer not null check (rating between 1 and 9),
  -- Shown to the group without a name; empty where there is none.
  remark text not null,
  rated_at timestamptz not null,
  primary key (consultation_id, statement, round, member_id),
  foreign key (consultation_id, statement) references specialist_framework.statement
);

create table specialist_framework.framework (
  -- Equal to the version of the stream specialist-framework/framework/adopted.
  version integer primary key check (version > 0),
  title text not null check (title <> ''),
  from_date date not null,
  kinds jsonb not null check (jsonb_array_length(kinds) > 0),
  criteria jsonb not null check (jsonb_array_length(criteria) > 0),
  consultation_id text not null references specialist_framework.consultation,
  adopted_at timestamptz not null,
  adopted_by text not null
);

-- What was found in a school under one criterion; a later finding takes the place of an earlier one, which the log keeps.
create table specialist_framework.finding (
  urn text not null references register.school,
  region_code text not null,
  framework_version integer not null references specialist_framework.framework,
  criterion text not null,
  outcome text not null check (outcome in ('met', 'not-met')),
  found_on date not null,
  grounds text not null check (grounds <> ''),
  found_by text not null,
  -- Equal to the version of the stream specialist-framework/findings/<framework>/<urn>.
  version integer not null check (version > 0),
  primary key (urn, framework_version, criterion)
);

alter table specialist_framework.consultation enable row level security;
alter table specialist_framework.response enable row level security;
alter table specialist_framework.statement enable row level security;
alter table specialist_framework.rating enable row level security;
alter table specialist_framework.framework enable row level security;
alter table specialist_framework.finding enable row level security;

create policy the_group on specialist_framework.consultation using (platform.holds('working-group'));
create policy published on specialist_framework.consultation for select using (state <> 'draft');
create policy the_group on specialist_framework.response using (platform.holds('working-group'));
create policy published on specialist_framework.response for select using (may_be_published and hidden_because is null);
create policy the_group on specialist_framework.statement using (platform.holds('working-group'));
create policy reported on specialist_framework.statement for select using (
  exists (select from specialist_framework.consultation c where c.id = consultation_id and c.state = 'reported'));
create policy own_ratings on specialist_framework.rating
  using (platform.holds('working-group') and member_id = platform.person_id());
create policy anybody_reads on specialist_framework.framework for select using (true);
create policy the_group on specialist_framework.framework for insert with check (platform.holds('working-group'));
create policy reach on specialist_framework.finding using (platform.may_reach(urn, region_code, null));

grant usage on schema specialist_framework to greenpaper_person;
grant select, insert, update on all tables in schema specialist_framework to greenpaper_person;
