-- Outcomes of safeguarding audits as the Quality Mark reads them. An outcome is never changed: a correction is a further row with
-- the next number, and the highest number of an audit stands. Runs on PostgreSQL 15 and newer, and on PGlite.

create schema safeguarding;

create table safeguarding.outcome (
  -- Our own audit's id, or `import/URN/date` for one that came from a file.
  audit text not null check (audit <> ''),
  number integer not null check (number >= 1),
  urn text not null references register.school,
  outcome text not null check (outcome in ('secure', 'not-secure')),
  -- The day of signing.
  signed_on date not null,
  source text not null check (source in ('audit', 'file')),
  -- The file that it came from, or why an outcome was corrected.
  words text not null,
  recorded_at timestamptz not null,
  primary key (audit, number)
);
create index outcome_school on safeguarding.outcome (urn, signed_on);

-- Where a school stands, for journeys: kilometres east and north on the map of its region.
create table safeguarding.site (
  urn text primary key references register.school,
  east double precision not null,
  north double precision not null,
  -- How well it is known: given for the school itself, or the middle of the known schools of its postcode district, postcode area,
  -- or local authority.
  precision text not null check (precision in ('given', 'postcode-district', 'postcode-area', 'authority'))
);
