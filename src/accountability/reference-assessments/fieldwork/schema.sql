-- The running of reference assessments: studies, samples, the bank of items, schools' answers, pupils' sessions and responses.
-- No table holds a name, a unique pupil number or a result. Runs on PostgreSQL 15 and newer, and on PGlite.

create schema assessment_fieldwork;

create table assessment_fieldwork.study (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{2,59}$'),
  title text not null check (title <> ''),
  subject text not null check (subject <> ''),
  phase text not null check (phase in ('reception', 'year-4', 'year-8', 'year-12')),
  cycle integer not null check (cycle between 2000 and 2200),
  -- Until when schools say whether they take part; the first and the last day of sessions; when what tells pupils apart is erased.
  answer_by date not null,
  opens_on date not null check (opens_on >= answer_by),
  closes_on date not null check (closes_on >= opens_on),
  erase_on date not null check (erase_on > closes_on),
  -- How the sample was ordered, and what it can be repeated and checked from; null before the draw.
  design jsonb,
  record jsonb check ((record is null) = (design is null)),
  -- Blocks and booklets with their balance and seed; null before they are assembled.
  booklets jsonb,
  erased_at timestamptz,
  -- Equal to the version of the stream assessment-fieldwork/study/<id>.
  version integer not null check (version > 0)
);

create table assessment_fieldwork.sampled_school (
  study_id text not null references assessment_fieldwork.study,
  urn text not null references register.school,
  region_code text,
  -- The number of the drawn unit: one school, or small ones drawn as one; its replacements carry the same number.
  unit integer not null check (unit > 0),
  -- 0 drawn first; 1 and 2 its replacements.
  choice integer not null check (choice >= 0),
  stratum text not null,
  probability double precision not null check (probability > 0 and probability <= 1),
  -- Pupils of the year group that the frame expects.
  size double precision not null check (size >= 0),
  state text not null check (state in ('reserve', 'invited', 'accepted', 'refused')),
  reason text not null default '',
  session_on date,
  -- Pupils of the year group as the school counts them; null before pupils are drawn.
  roll integer check (roll > 0),
  -- Equal to the version of the stream assessment-fieldwork/school/<study>/<urn>.
  version integer not null check (version > 0),
  primary key (study_id, urn)
);
create index sampled_school_urn on assessment_fieldwork.sampled_school (urn);

create table assessment_fieldwork.pupil (
  -- Random: it says nothing of the pupil.
  id text primary key check (id ~ '^[0-9a-f]{16}$'),
  study_id text not null,
  urn text not null,
  -- The line of the school's own list, and the code that opens the session; both erased at the end.
  line integer check (line > 0),
  code text unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{12}$'),
  booklet integer not null check (booklet > 0),
  sex text not null check (sex in ('female', 'male', 'not-said')),
  disadvantaged text not null check (disadvantaged in ('yes', 'no', 'not-known')),
  -- Month of birth, as 2022-11; null where it isn't said.
  born text check (born ~ '^[0-9]{4}-[0-9]{2}$'),
  arrangements jsonb not null,
  attendance text not null check (attendance in ('expected', 'present', 'absent', 'withdrawn', 'unable', 'left')),
  state text not null check (state in ('not-started', 'started', 'finished')),
  -- The tablet on which the session runs, by a random name of its own.
  device text,
  finished_at timestamptz,
  version integer not null check (version > 0),
  unique (study_id, urn, line),
  foreign key (study_id, urn) references assessment_fieldwork.sampled_school
);

create table assessment_fieldwork.response (
  pupil_id text not null references assessment_fieldwork.pupil,
  item text not null,
  answer text not null,
  -- Points; null where it was seen and left out.
  score integer check (score >= 0),
  -- Which tablet sent it as its how-manieth change: what comes twice or late changes nothing.
  device text not null,
  sequence integer not null check (sequence >= 0),
  source text not null check (source in ('session', 'paper')),
  saved_at timestamptz not null,
  primary key (pupil_id, item)
);

create table assessment_fieldwork.item (
  id text primary key check (id ~ '^[A-Za-z][A-Za-z0-9_]{1,39}$'),
  subject text not null check (subject <> ''),
  phases jsonb not null check (jsonb_array_length(phases) > 0),
  construct text not null check (construct <> ''),
  -- Items of one stimulus stay together; an item without one has its own id here.
  stimulus text not null check (stimulus <> ''),
  stimulus_text text not null,
  kind text not null check (kind in ('choice', 'number', 'text', 'marked')),
  prompt text not null check (prompt <> ''),
  options jsonb not null,
  marks jsonb not null,
  maximum integer not null check (maximum between 1 and 20),
  seconds integer not null check (seconds > 0),
  -- By version of a curriculum, whether it covers the item.
  curricula jsonb not null,
  status text not null check (status in ('draft', 'field-trial', 'ready', 'retired')),
  -- What is known of former cycles: pupils who saw it, how far its difficulty moved, what was decided.
  history jsonb not null,
  -- Equal to the version of the stream assessment-fieldwork/item/<id>.
  version integer not null check (version > 0)
);

-- The files of the last export of a study, for the commands of reference-assessments.
create table assessment_fieldwork.export (
  study_id text not null references assessment_fieldwork.study,
  name text not null,
  content text not null,
  made_at timestamptz not null,
  primary key (study_id, name)
);

alter table assessment_fieldwork.study enable row level security;
alter table assessment_fieldwork.sampled_school enable row level security;
alter table assessment_fieldwork.pupil enable row level security;
alter table assessment_fieldwork.response enable row level security;
alter table assessment_fieldwork.item enable row level security;
alter table assessment_fieldwork.export enable row level security;

create policy statisticians on assessment_fieldwork.study using (platform.holds('statistician'));
create policy people_read on assessment_fieldwork.study for select using (platform.is_signed_in());
create policy statisticians on assessment_fieldwork.sampled_school using (platform.holds('statistician'));
create policy own_school on assessment_fieldwork.sampled_school
  using (state <> 'reserve' and (platform.may_act('school', urn, null, null) or platform.may_act('teacher', urn, null, null)));
create policy statisticians on assessment_fieldwork.pupil using (platform.holds('statistician'));
create policy own_school on assessment_fieldwork.pupil
  using (platform.may_act('school', urn, null, null) or platform.may_act('teacher', urn, null, null));
-- Responses and items are nobody's but the statistician's: no school reads what a pupil answered or how it was scored.
create policy statisticians on assessment_fieldwork.response using (platform.holds('statistician'));
create policy statisticians on assessment_fieldwork.item using (platform.holds('statistician'));
create policy statisticians on assessment_fieldwork.export using (platform.holds('statistician'));

grant usage on schema assessment_fieldwork to greenpaper_person;
grant select, insert, update, delete on all tables in schema assessment_fieldwork to greenpaper_person;
