-- Auditors' opinions on the accounts of trusts and of schools outside any trust, as they were filed. A filing is never changed: a
-- correction is a further version, and the earlier one stays. Runs on PostgreSQL 15 and newer, and on PGlite.

create schema accounts;

create table accounts.filing (
  -- Of the body, the year and the version, as "trust-1234/2025-08-31/1".
  id text primary key check (id <> ''),
  -- "trust-1234" or "school-100000": whose accounts they are.
  body text not null,
  trust_uid text references register.school_group,
  urn text references register.school,
  year_end date not null,
  -- 1 is the first filing; a correction is one more. Equal to the version of the stream of events.
  version integer not null check (version > 0),
  opinion text not null check (opinion in ('unqualified', 'qualified', 'disclaimer', 'adverse')),
  grounds text check (grounds <> ''),
  regularity text not null check (regularity in ('clean', 'modified', 'not-applicable')),
  regularity_grounds text check (regularity_grounds <> ''),
  signed_on date not null,
  auditor text not null check (auditor <> ''),
  document_sha256 text not null check (document_sha256 ~ '^[0-9a-f]{64}$'),
  filed_on date not null,
  filed_at timestamptz not null,
  filed_by text not null,
  -- When a correction took its place.
  superseded_at timestamptz,
  unique (body, year_end, version),
  check ((trust_uid is null) <> (urn is null)),
  check (signed_on > year_end and signed_on <= filed_on),
  check ((opinion = 'unqualified') = (grounds is null)),
  check ((regularity = 'modified') = (regularity_grounds is not null))
);
create unique index filing_current on accounts.filing (year_end, body) where superseded_at is null;
create index filing_trust on accounts.filing (trust_uid, year_end) where superseded_at is null;
create index filing_school on accounts.filing (urn, year_end) where superseded_at is null;

-- The signed accounts themselves. A filing may be made with the document's hash alone, from a table; the document then follows.
create table accounts.document (
  filing_id text primary key references accounts.filing,
  name text not null check (name <> ''),
  bytes bytea not null check (length(bytes) between 1 and 10000000),
  stored_at timestamptz not null
);

-- A filing between the form and "check your answers": only whoever typed it sees it, and it goes when it is filed.
create table accounts.draft (
  id text primary key check (id <> ''),
  person_id text not null,
  body text not null,
  year_end date not null,
  typed jsonb not null,
  document_name text,
  document_bytes bytea check (length(document_bytes) <= 10000000),
  made_at timestamptz not null
);
create index draft_person on accounts.draft (person_id, made_at);

-- Whether the person who asks may see the accounts of a trust or school of a year: its own people, those of its schools on that day,
-- and those of their regions. It reads the register as its owner, so that the person needs no right on the register for it.
create function accounts.may_see(body_trust text, body_urn text, on_day date) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select case
    when body_urn is not null then exists (
      select from register.school s join register.authority a on a.code = s.authority_code
      where s.urn = body_urn and platform.may_reach(s.urn, a.region_code, null))
    else platform.may_reach(null, null, body_trust) or exists (
      select from register.group_membership m join register.school s on s.urn = m.urn
        join register.authority a on a.code = s.authority_code
      where m.group_uid = body_trust and m.joined_on <= on_day and (m.left_on is null or m.left_on > on_day)
        and platform.may_reach(m.urn, a.region_code, null))
    end
$$;

-- Whether the person who asks may file them: finance of the trust, or finance and head of a school outside any trust.
create function accounts.may_file(body_trust text, body_urn text) returns boolean language sql stable parallel safe
  return platform.may_act('trust', body_urn, null, body_trust)
    or (body_urn is not null and platform.may_act('school', body_urn, null, null));

alter table accounts.filing enable row level security;
create policy seen on accounts.filing for select using (accounts.may_see(trust_uid, urn, year_end));
create policy filed on accounts.filing for insert with check (accounts.may_file(trust_uid, urn));
create policy superseded on accounts.filing for update using (accounts.may_file(trust_uid, urn));

alter table accounts.document enable row level security;
create policy seen on accounts.document for select using (exists (select from accounts.filing f where f.id = filing_id));
create policy kept on accounts.document for insert with check (
  exists (select from accounts.filing f where f.id = filing_id and accounts.may_file(f.trust_uid, f.urn)));

alter table accounts.draft enable row level security;
create policy own on accounts.draft using (person_id = platform.person_id()) with check (person_id = platform.person_id());

grant usage on schema accounts to greenpaper_person;
grant select, insert on accounts.filing, accounts.document to greenpaper_person;
grant select, insert, delete on accounts.draft to greenpaper_person;
grant update (superseded_at) on accounts.filing to greenpaper_person;
