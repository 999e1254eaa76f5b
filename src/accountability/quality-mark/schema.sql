-- The annual review as it was published: its measures, and every school's decision with the words and numbers it was made in.
-- A publication is never changed; the newest one is the current one. Runs on PostgreSQL 15 and newer, and on PGlite.

create schema quality_mark;

create table quality_mark.review (
  id integer generated always as identity primary key,
  title text not null,
  academic_year text not null check (academic_year ~ '^[0-9]{4}/[0-9]{2}$'),
  -- Whether the pupils are made up.
  synthetic boolean not null,
  -- The day whose parameters were applied.
  decided_on date not null,
  saved_at timestamptz not null default now(),
  code_version text not null check (code_version <> ''),
  -- Name and SHA-256 of each file that was read.
  inputs jsonb not null,
  -- Every parameter of the rule as it stood on that day: id, unit, value, first day, source.
  parameters jsonb not null
);

-- One a phase.
create table quality_mark.measure (
  review_id integer not null references quality_mark.review,
  phase text not null,
  title text not null,
  outcome_deviation double precision not null,
  line double precision not null,
  refusal_probability double precision not null check (refusal_probability between 0 and 1),
  fewest_pupil_equivalents double precision not null,
  confidence double precision check (confidence between 0 and 1),
  -- The fit's own record: coefficients, variances, criterion, evaluations, convergence, warnings.
  model jsonb not null,
  diagnostics jsonb not null,
  alternatives jsonb not null,
  notes jsonb not null,
  primary key (review_id, phase)
);

create table quality_mark.decision (
  review_id integer not null references quality_mark.review,
  urn text not null references register.school,
  -- Name, place and trust as they were on the day.
  name text not null,
  phase text not null,
  kind text not null check (kind in ('mainstream', 'special', 'pupil-referral-unit', 'alternative-provision')),
  authority_code text not null references register.authority,
  trust text,
  town text,
  decision text not null
    check (decision in ('awarded', 'refused', 'awaiting-evidence', 'not-enough-evidence', 'awaiting-framework')),
  -- The words that were shown: code and text of each reason.
  reasons jsonb not null check (decision = 'awarded' or jsonb_array_length(reasons) > 0),
  -- SHA-256 of what the decision was made from.
  inputs_hash text not null check (inputs_hash ~ '^[0-9a-f]{64}$'),
  value_added double precision,
  lower double precision,
  upper double precision,
  standard_error double precision check (standard_error >= 0),
  prediction_error double precision check (prediction_error >= 0),
  reliability double precision,
  pupils integer check (pupils >= 0),
  pupil_equivalents double precision check (pupil_equivalents >= 0),
  probability_below double precision check (probability_below between 0 and 1),
  safeguarding_outcome text check (safeguarding_outcome in ('secure', 'not-secure')),
  safeguarding_on date,
  accounts_opinion text check (accounts_opinion in ('unqualified', 'qualified', 'adverse', 'disclaimer')),
  accounts_on date,
  -- The name in small letters without accents and marks: the same order on every database, whatever its language.
  sort_name text collate "C" not null,
  -- Words of name, town and URN, for the search.
  words tsvector not null,
  primary key (review_id, urn),
  -- A figure has its interval, and none of the three is infinite or not a number.
  check ((value_added is null) = (lower is null) and (value_added is null) = (upper is null)),
  check (lower > '-infinity' and lower <= value_added and value_added <= upper and upper < 'infinity'),
  check (decision <> 'awarded' or value_added is not null),
  check ((safeguarding_outcome is null) = (safeguarding_on is null)),
  check ((accounts_opinion is null) = (accounts_on is null))
);
create index decision_name on quality_mark.decision (review_id, sort_name, urn);
create index decision_authority on quality_mark.decision (review_id, authority_code, sort_name);
create index decision_words on quality_mark.decision using gin (words);

-- How a school's figure came about: long, and read one school at a time.
create table quality_mark.explanation (
  review_id integer not null,
  urn text not null,
  steps jsonb not null,
  years jsonb not null,
  primary key (review_id, urn),
  foreign key (review_id, urn) references quality_mark.decision
);
