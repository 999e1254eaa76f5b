-- Officers, the year's plan, audits with their answers and actions, escalations.

create table safeguarding.officer (
  charter text primary key check (charter ~ '^CSO[0-9]{6}[A-HJ-NP-RT-Z]$'),
  name text not null check (name <> ''),
  -- The name under which whoever signs people in knows the officer, and the person of that name once they have signed in.
  subject text unique,
  person_id text unique,
  region_code text not null references register.region,
  -- A town, never a street.
  base_name text not null,
  base_east double precision not null,
  base_north double precision not null,
  days_per_year double precision not null check (days_per_year >= 0),
  chartered_from date not null,
  chartered_to date not null check (chartered_to > chartered_from),
  suspensions jsonb not null,
  interests jsonb not null,
  version integer not null check (version >= 1)
);
create index officer_region on safeguarding.officer (region_code);

-- The charter of whoever the transaction acts for. Not held to row-level security itself, or policies would call themselves.
create function safeguarding.own_charter() returns text language sql stable security definer
  set search_path = safeguarding, pg_temp
  return (select charter from safeguarding.officer where person_id = platform.person_id());

create table safeguarding.plan (
  id integer generated always as identity primary key,
  region_code text not null references register.region,
  academic_year integer not null,
  made_at timestamptz not null,
  made_by text not null,
  -- What was asked for: parameters with their dates, officers away.
  request jsonb not null,
  -- What came of it: lengths, bound, gap, loads, times.
  figures jsonb not null,
  adopted_at timestamptz
);

create table safeguarding.plan_visit (
  plan_id integer not null references safeguarding.plan,
  urn text not null references register.school,
  officer text not null references safeguarding.officer,
  days double precision not null check (days > 0),
  -- The officer's day of the year on which it begins, and the school visited on the same day, if any.
  day integer not null check (day >= 1),
  planned_on date not null,
  paired_with text,
  kilometres double precision not null check (kilometres >= 0),
  changed boolean not null,
  primary key (plan_id, urn)
);

create table safeguarding.audit (
  -- As 2026-27-900123-1: the year's second is a re-audit.
  id text primary key check (id ~ '^[0-9]{4}-[0-9]{2}-[0-9]{6}-[0-9]+$'),
  urn text not null references register.school,
  academic_year integer not null,
  kind text not null check (kind in ('annual', 're-audit')),
  region_code text not null references register.region,
  trust_uid text,
  officer text not null references safeguarding.officer,
  -- The version of the standard, from the day on which it was begun.
  standard text,
  state text not null check (state in ('planned', 'begun', 'reading', 'signed')),
  planned_on date,
  begun_on date,
  submitted_on date,
  second_reader text references safeguarding.officer check (second_reader <> officer),
  reading_why text check (reading_why in ('not-secure', 'sample', 'asked')),
  -- The seed, the number drawn and the rate.
  draw jsonb,
  reader_words text not null default '',
  outcome text check (outcome in ('secure', 'not-secure')),
  reasons jsonb,
  signed_on date,
  version integer not null check (version >= 1),
  check ((state = 'signed') = (signed_on is not null)),
  check ((state = 'planned') = (standard is null))
);
create index audit_school on safeguarding.audit (urn, academic_year);
create index audit_officer on safeguarding.audit (officer, academic_year);
create index audit_region on safeguarding.audit (region_code, academic_year);

create table safeguarding.answer (
  audit_id text not null references safeguarding.audit,
  requirement text not null,
  version integer not null check (version >= 1),
  judgement text not null check (judgement in ('met', 'partly-met', 'not-met', 'not-applicable')),
  note text not null,
  evidence jsonb not null,
  action text not null,
  mended date,
  saved_at timestamptz not null,
  saved_by text not null,
  primary key (audit_id, requirement)
);

-- What a device has sent, by the id that it made: the same again is answered, not saved twice.
create table safeguarding.submission (
  client_id text primary key check (client_id ~ '^[0-9a-f-]{36}$'),
  audit_id text not null references safeguarding.audit,
  requirement text not null,
  version integer not null,
  received_at timestamptz not null
);

-- The designated lead's word on what the officer asked to have ready.
create table safeguarding.preparation (
  audit_id text not null references safeguarding.audit,
  requirement text not null,
  ready boolean not null,
  words text not null,
  version integer not null check (version >= 1),
  primary key (audit_id, requirement)
);

create table safeguarding.action (
  audit_id text not null references safeguarding.audit,
  requirement text not null,
  text text not null,
  seriousness text not null check (seriousness in ('immediate', 'serious', 'ordinary')),
  due_on date not null,
  state text not null check (state in ('open', 'done', 'closed')),
  done_words text not null default '',
  done_on date,
  closed_on date,
  closed_words text not null default '',
  primary key (audit_id, requirement),
  check ((state = 'closed') = (closed_on is not null))
);
create index action_open on safeguarding.action (due_on) where state <> 'closed';

-- Nothing here waits for an audit: a row stands on its own.
create table safeguarding.escalation (
  id text primary key check (id ~ '^[0-9a-f-]{36}$'),
  urn text not null references register.school,
  region_code text not null references register.region,
  trust_uid text,
  raised_at timestamptz not null,
  raised_by text not null,
  -- The charter of the officer who raised it.
  officer text,
  words text not null check (words <> ''),
  -- Who was to be told, as they stood then.
  contacts jsonb not null,
  due_at timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by text,
  closed_at timestamptz,
  closed_by text,
  closed_words text not null default '',
  version integer not null check (version >= 1)
);
create index escalation_open on safeguarding.escalation (region_code) where closed_at is null;

-- The telephone numbers of a local authority's duty desks.
create table safeguarding.duty_desk (
  authority_code text primary key references register.authority,
  social_care text,
  designated_officer text
);

-- Whoever may see an audit: its officers, the region's office, and the school and its trust.
create function safeguarding.may_see(urn text, region_code text, trust_uid text) returns boolean language sql stable
  return platform.may_act('regional-officer', urn, region_code, trust_uid)
    or platform.may_act('regional-director', urn, region_code, trust_uid)
    or platform.may_act('school', urn, region_code, trust_uid)
    or platform.may_act('trust', urn, region_code, trust_uid);

alter table safeguarding.officer enable row level security;
create policy officers on safeguarding.officer using (
  person_id = platform.person_id()
  or platform.may_act('regional-officer', null, region_code, null)
  or platform.may_act('regional-director', null, region_code, null)
  -- A second reader is another officer of the region.
  or platform.may_act('safeguarding-officer', null, region_code, null)
  or platform.holds('administrator'));

alter table safeguarding.plan enable row level security;
create policy plans on safeguarding.plan using (
  platform.may_act('regional-officer', null, region_code, null) or platform.may_act('regional-director', null, region_code, null));

alter table safeguarding.plan_visit enable row level security;
create policy visits on safeguarding.plan_visit using (
  officer = safeguarding.own_charter()
  or exists (select from safeguarding.plan p where p.id = plan_id));

alter table safeguarding.audit enable row level security;
create policy audits on safeguarding.audit using (
  officer = safeguarding.own_charter() or second_reader = safeguarding.own_charter()
  or safeguarding.may_see(urn, region_code, trust_uid));

-- Whether the answers of an audit may be read: by the school only once it is signed.
create function safeguarding.may_read_answers(id text) returns boolean language sql stable
  return exists (select from safeguarding.audit a where a.id = $1
    and (a.state = 'signed'
      or a.officer = safeguarding.own_charter()
      or (a.second_reader = safeguarding.own_charter() and a.state = 'reading')));

alter table safeguarding.answer enable row level security;
create policy answers on safeguarding.answer using (safeguarding.may_read_answers(audit_id));

alter table safeguarding.submission enable row level security;
create policy submissions on safeguarding.submission using (
  exists (select from safeguarding.audit a where a.id = audit_id and a.officer = safeguarding.own_charter()));

alter table safeguarding.preparation enable row level security;
create policy preparations on safeguarding.preparation using (exists (select from safeguarding.audit a where a.id = audit_id));

alter table safeguarding.action enable row level security;
create policy actions on safeguarding.action using (exists (select from safeguarding.audit a where a.id = audit_id));

alter table safeguarding.escalation enable row level security;
create policy escalations on safeguarding.escalation using (
  officer = safeguarding.own_charter()
  or platform.may_act('regional-officer', urn, region_code, trust_uid)
  or platform.may_act('regional-director', urn, region_code, trust_uid));

-- Outcomes and dates are public; only whoever audits or reads adds one, and a file's are added by the program.
alter table safeguarding.outcome enable row level security;
create policy outcomes_read on safeguarding.outcome for select using (true);

grant usage on schema safeguarding to greenpaper_person;
grant select, insert, update on all tables in schema safeguarding to greenpaper_person;
