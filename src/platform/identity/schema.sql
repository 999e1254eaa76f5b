-- People, programs, their roles, their sessions, and who was refused what. Nobody who is held to row-level security may read
-- any of it: the role greenpaper_person gets nothing here, so only the services of this folder do.
create schema platform_identity;

create table platform_identity.person (
  id text primary key,
  kind text not null check (kind in ('person', 'program')),
  -- Who vouches for the person, and under which name: together they are the identity, never the e-mail address.
  issuer text,
  subject text,
  name text not null check (name <> ''),
  email text,
  version integer not null default 1,
  created_at timestamptz not null,
  signed_in_at timestamptz,
  unique (issuer, subject),
  check ((kind = 'person') = (issuer is not null and subject is not null))
);

create table platform_identity.held_role (
  id integer generated always as identity primary key,
  person_id text not null references platform_identity.person,
  role text not null,
  scope_kind text not null check (scope_kind in ('school', 'trust', 'region', 'country')),
  scope_code text not null check ((scope_kind = 'country') = (scope_code = '')),
  granted_at timestamptz not null,
  granted_by text not null,
  reason text not null,
  ended_at timestamptz check (ended_at >= granted_at),
  ended_by text,
  check ((ended_at is null) = (ended_by is null))
);
create unique index held_role_now on platform_identity.held_role (person_id, role, scope_kind, scope_code)
  where ended_at is null;

create table platform_identity.session (
  -- SHA-256 of the random id in the cookie: whoever reads the table can't use it.
  id_hash text primary key,
  person_id text not null references platform_identity.person,
  started_at timestamptz not null,
  used_at timestamptz not null,
  -- The browser's own name, so that a person can tell their sessions apart.
  browser text not null,
  -- What the provider wants back when the person signs out there too.
  id_token text,
  ended_at timestamptz,
  ended_why text check (ended_why in ('signed-out', 'ended-by-person', 'ended-by-administrator', 'roles-changed', 'signed-in-anew')),
  check ((ended_at is null) = (ended_why is null))
);
create index session_of_person on platform_identity.session (person_id) where ended_at is null;

-- A sign-in on its way to the provider and back; taken away when it comes back, so that an answer counts once.
create table platform_identity.sign_in (
  state_hash text primary key,
  -- SHA-256 of the random id in the cookie of the browser that began it.
  browser_hash text not null,
  nonce text not null,
  code_verifier text not null,
  next text not null,
  started_at timestamptz not null
);
create index sign_in_by_age on platform_identity.sign_in (started_at);

create table platform_identity.access_token (
  id text primary key,
  person_id text not null references platform_identity.person,
  token_hash text not null unique,
  name text not null check (name <> ''),
  -- The roles of the person that the token may use, separated by spaces.
  roles text not null,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz not null check (expires_at > created_at),
  used_at timestamptz,
  ended_at timestamptz,
  ended_by text,
  check ((ended_at is null) = (ended_by is null))
);
create index access_token_of_person on platform_identity.access_token (person_id);

create table platform_identity.refusal (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('public', 'person', 'system')),
  -- No reference: a refusal is kept whatever becomes of the person.
  person_id text,
  actor_name text not null,
  route text not null,
  -- Where the refused would have acted: urn, trusts, region.
  place jsonb not null,
  why text not null
);
create index refusal_by_person on platform_identity.refusal (person_id, at);

-- Row-level security. `actingAs` sets these for one transaction; ' regional-officer@region:E12000001 ' is one grant.
create function platform.is_signed_in() returns boolean language sql stable parallel safe
  return coalesce(current_setting('greenpaper.person', true), '') <> '';

create function platform.person_id() returns text language sql stable parallel safe
  return nullif(current_setting('greenpaper.person', true), '');

create function platform.holds(role text) returns boolean language sql stable parallel safe
  return coalesce(strpos(current_setting('greenpaper.grants', true), ' ' || role || '@') > 0, false);

-- Whether any grant reaches the place. Null where the row doesn't say: then only the country reaches it.
create function platform.may_reach(urn text, region_code text, trust_uid text) returns boolean
  language sql stable parallel safe
  return coalesce(strpos(current_setting('greenpaper.grants', true), '@country ') > 0, false)
    or coalesce(strpos(current_setting('greenpaper.grants', true), '@region:' || region_code || ' ') > 0, false)
    or coalesce(strpos(current_setting('greenpaper.grants', true), '@school:' || urn || ' ') > 0, false)
    or coalesce(strpos(current_setting('greenpaper.grants', true), '@trust:' || trust_uid || ' ') > 0, false);

-- The same for one role: `platform.may_act('school', urn, null, null)`.
create function platform.may_act(role text, urn text, region_code text, trust_uid text) returns boolean
  language sql stable parallel safe
  return coalesce(strpos(current_setting('greenpaper.grants', true), ' ' || role || '@country ') > 0, false)
    or coalesce(strpos(current_setting('greenpaper.grants', true), ' ' || role || '@region:' || region_code || ' ') > 0, false)
    or coalesce(strpos(current_setting('greenpaper.grants', true), ' ' || role || '@school:' || urn || ' ') > 0, false)
    or coalesce(strpos(current_setting('greenpaper.grants', true), ' ' || role || '@trust:' || trust_uid || ' ') > 0, false);

grant usage on schema platform to greenpaper_person;
