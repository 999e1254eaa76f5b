-- The year's review as people work on it: one case a school, its publication and its mark. A case's row and its stream in the
-- log carry the same version; both are written in one transaction.

create table quality_mark.year_review (
  academic_year text primary key check (academic_year ~ '^[0-9]{4}/[0-9]{2}$'),
  -- The measured review that its value added comes from.
  review_id integer not null references quality_mark.review,
  -- The day whose evidence and parameters count.
  evidence_on date not null,
  opened_at timestamptz not null default now(),
  opened_by text not null,
  -- Null while its cases are still being made.
  completed_at timestamptz,
  code_version text not null check (code_version <> ''),
  -- Every parameter as it stood on that day: id, unit, value, first day, source.
  parameters jsonb not null,
  -- SHA-256 of the seed of the draw for second reading: made known when the review opens, so that nobody can draw again.
  draw_commitment text not null check (draw_commitment ~ '^[0-9a-f]{64}$'),
  draw_share double precision not null check (draw_share between 0 and 1)
);

-- The seed itself, sealed: who decides must not know who is read twice. Nobody who is held to a role may read this table.
create table quality_mark.draw (
  academic_year text primary key references quality_mark.year_review,
  seed text not null check (seed ~ '^[0-9a-f]{64}$')
);

-- A school's number in the draw, from 0 up to 1: the first 48 bits of SHA-256 of seed, blank and URN.
create function quality_mark.draw_number(seed text, urn text) returns double precision language sql immutable parallel safe
  return ('x' || left(encode(sha256(convert_to(seed || ' ' || urn, 'UTF8')), 'hex'), 12))::bit(48)::bigint
    / 281474976710656.0::double precision;

-- Whether the year's draw takes a school. It runs with the rights of its owner, which alone may read the seed.
create function quality_mark.in_draw(year text, school text) returns boolean
  language sql stable security definer set search_path = pg_catalog
  return coalesce(
    (select quality_mark.draw_number(d.seed, school) < y.draw_share
      from quality_mark.draw d join quality_mark.year_review y using (academic_year)
      where d.academic_year = year),
    false
  );

-- A batch of decisions made public together; shown from the moment it is finished.
create table quality_mark.publication (
  id integer generated always as identity primary key,
  academic_year text not null references quality_mark.year_review,
  -- Null for every region.
  region_code text references register.region,
  marks_from date not null,
  started_at timestamptz not null default now(),
  started_by text not null,
  finished_at timestamptz,
  cases integer not null default 0 check (cases >= 0)
);

create table quality_mark.school_case (
  urn text not null references register.school,
  academic_year text not null references quality_mark.year_review,
  version integer not null check (version > 0),
  state text not null check (state in ('open', 'with-school', 'ready', 'second-reader', 'decided', 'published', 'appealed',
    'appeal-decided', 'closed')),
  -- Where the school lay and what it was when the review opened.
  name text not null,
  phase text not null,
  kind text not null check (kind in ('mainstream', 'special', 'pupil-referral-unit', 'alternative-provision')),
  authority_code text not null references register.authority,
  region_code text not null references register.region,
  trust_uid text,
  sort_name text collate "C" not null,
  evidence jsonb not null,
  -- SHA-256 of the evidence and the parameters that the proposal was made from.
  inputs_hash text not null check (inputs_hash ~ '^[0-9a-f]{64}$'),
  proposed text not null
    check (proposed in ('awarded', 'refused', 'awaiting-evidence', 'not-enough-evidence', 'awaiting-framework')),
  reasons jsonb not null,
  probability_below double precision check (probability_below between 0 and 1),
  missing jsonb not null,
  answer_by date,
  representations jsonb not null default '[]',
  corrections jsonb not null default '[]',
  -- Null while nobody has decided; the decision that stands, also after an appeal.
  decision text check (decision in ('awarded', 'refused', 'awaiting-evidence', 'not-enough-evidence', 'awaiting-framework')),
  decided jsonb,
  appeal jsonb,
  mark_state text check (mark_state in ('awarded', 'suspended', 'refused', 'withdrawn', 'ended', 'not-decided',
    'awaiting-framework')),
  mark_from date,
  mark_until date check (mark_until > mark_from),
  mark_suspended_on date,
  mark_ended_on date,
  mark_words text,
  -- The decision and the reasons as they were published: they stay when the case is opened again.
  mark_decision text
    check (mark_decision in ('awarded', 'refused', 'awaiting-evidence', 'not-enough-evidence', 'awaiting-framework')),
  mark_reasons jsonb,
  publication_id integer references quality_mark.publication,
  changed_at timestamptz not null,
  primary key (urn, academic_year),
  check ((decided is null) = (decision is null)),
  check ((mark_state is null) = (mark_from is null)),
  check ((mark_state is null) = (mark_decision is null) and (mark_state is null) = (mark_reasons is null)),
  check ((mark_state is null) = (publication_id is null)),
  check ((mark_state in ('awarded', 'suspended')) <= (mark_until is not null)),
  check (state not in ('published', 'appealed', 'appeal-decided') or mark_state is not null),
  check (state not in ('second-reader', 'decided') or decided is not null)
);
create index school_case_work on quality_mark.school_case (academic_year, region_code, state, sort_name, urn);
create index school_case_publication on quality_mark.school_case (publication_id);
