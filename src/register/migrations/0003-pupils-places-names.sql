-- Where a school is (metres on the national grid), the day that its description is of, what it was called before, and its pupils.
alter table register.school
  add column easting integer check (easting between 0 and 800000),
  add column northing integer check (northing between 0 and 1400000),
  add column described_on date;

-- Half of the linked schools closed before the extract of schools begins: this is the only place that has their names.
alter table register.school_link add column link_name text;

create table register.former_name (
  urn text not null references register.school,
  name text not null check (name <> ''),
  -- The day of the extract that had another name.
  until_on date not null,
  primary key (urn, name)
);

-- One school's pupils in one January census. No foreign key to schools: the census has nurseries and pupil referral units that
-- an extract of schools may leave out.
create table register.pupil_count (
  urn text not null check (urn ~ '^[0-9]{6}$'),
  academic_year text not null check (academic_year ~ '^[0-9]{4}/[0-9]{2}$'),
  -- Authority and establishment as they were in that year.
  authority_code text not null references register.authority,
  laestab text check (laestab ~ '^[0-9]{7}$'),
  kind text not null,
  pupils integer check (pupils >= 0),
  girls integer check (girls >= 0),
  boys integer check (boys >= 0),
  plans integer check (plans >= 0),
  support integer check (support >= 0),
  other_language integer check (other_language >= 0),
  meals_now integer check (meals_now >= 0),
  meals_six_years integer check (meals_six_years >= 0),
  meals_of integer check (meals_of >= 0),
  -- Why each count that is null is not there: suppressed, not-published, not-collected, not-applicable.
  missing jsonb not null,
  primary key (urn, academic_year)
);
create index pupil_count_year on register.pupil_count (academic_year);

grant select on register.former_name, register.pupil_count to greenpaper_person;
