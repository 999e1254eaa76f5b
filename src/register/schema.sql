-- What exists: regions, authorities, groups (trusts, federations, sponsors), schools, and how they belong and follow one another.
-- Runs on PostgreSQL 15 and newer, and on PGlite.

create schema register;

create table register.region (
  code text primary key check (code ~ '^E12[0-9]{6}$'),
  name text not null unique
);

create table register.authority (
  code text primary key check (code ~ '^[0-9]{3}$'),
  name text not null,
  gss_code text unique,
  region_code text references register.region,
  -- The first day on which it no longer existed.
  abolished_on date
);

-- Dates of opening and closing are not held against each other: the department's own files contradict themselves in a few.
create table register.school (
  urn text primary key check (urn ~ '^[0-9]{6}$'),
  laestab text check (laestab ~ '^[0-9]{7}$'),
  ukprn text check (ukprn ~ '^10[0-9]{6}$'),
  name text not null check (name <> ''),
  authority_code text not null references register.authority,
  type text not null,
  type_group text,
  status text not null check (status in ('open', 'open-proposed-to-close', 'proposed-to-open', 'closed')),
  phase text check (phase in ('not-applicable', 'nursery', 'primary', 'middle-deemed-primary', 'secondary',
    'middle-deemed-secondary', '16-plus', 'all-through')),
  opened_on date,
  closed_on date,
  low_age integer check (low_age between 0 and 99),
  high_age integer check (high_age between 0 and 99),
  gender text,
  religious_character text,
  admissions text,
  boarders text,
  sixth_form text,
  capacity integer check (capacity >= 0),
  pupils integer check (pupils >= 0),
  free_school_meals_percent double precision check (free_school_meals_percent between 0 and 100),
  street text,
  locality text,
  town text,
  county text,
  postcode text,
  website text,
  constituency text
);
create index school_authority on register.school (authority_code);
create index school_laestab on register.school (laestab);

-- "group" is a word of SQL.
create table register.school_group (
  uid text primary key check (uid ~ '^[0-9]{1,6}$'),
  group_id text,
  name text not null check (name <> ''),
  type text not null,
  status text not null check (status in ('open', 'open-proposed-to-close', 'proposed-to-open', 'closed')),
  company_number text,
  ukprn text check (ukprn ~ '^10[0-9]{6}$'),
  opened_on date,
  closed_on date,
  town text,
  postcode text
);

-- From joined_on up to, and not on, left_on.
create table register.group_membership (
  urn text not null references register.school,
  group_uid text not null references register.school_group,
  joined_on date not null,
  left_on date check (left_on >= joined_on),
  primary key (urn, group_uid, joined_on)
);
create index group_membership_group on register.group_membership (group_uid);

-- No foreign keys: chains of successors lead through schools that closed before the extract of schools begins.
create table register.school_link (
  urn text not null check (urn ~ '^[0-9]{6}$'),
  link_urn text not null check (link_urn ~ '^[0-9]{6}$'),
  link_type text not null,
  established_on date,
  primary key (urn, link_urn, link_type),
  check (urn <> link_urn)
);
create index school_link_back on register.school_link (link_urn);

-- Where the register's contents came from. Real and made-up schools are never kept together.
create table register.import (
  id integer generated always as identity primary key,
  imported_at timestamptz not null default now(),
  as_of date not null,
  synthetic boolean not null,
  source text not null,
  -- Name, SHA-256 and number of rows of each file.
  files jsonb not null,
  -- What was new, changed, the same and closed, by kind.
  report jsonb not null
);
