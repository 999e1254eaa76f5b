-- Who answers for what: drawings of the country into regions, the offices of the regions, who holds which duty, and who is in post.
-- Runs on PostgreSQL 15 and newer, and on PGlite.

create schema regions;

-- A drawing holds from its first day until the next one's. Version 1 is the nine regions of today.
create table regions.drawing (
  version integer primary key check (version > 0),
  title text not null check (title <> ''),
  starts_on date not null unique,
  -- The scenario it was adopted from, or null where it was given.
  scenario_id integer,
  adopted_by text not null,
  adopted_at timestamptz not null default now(),
  reasons text not null default ''
);

-- An office: of a region, or of the whole country.
create table regions.office (
  code text primary key check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null check (name <> ''),
  kind text not null check (kind in ('regional', 'national')),
  contact text not null,
  opened_on date not null,
  closed_on date check (closed_on > opened_on)
);

create table regions.drawing_region (
  version integer not null references regions.drawing,
  region_code text not null check (region_code ~ '^[A-Z][A-Z0-9]{1,11}$'),
  name text not null check (name <> ''),
  office_code text not null references regions.office,
  primary key (version, region_code),
  unique (version, name),
  -- Coterminous: one office for one region.
  unique (version, office_code)
);

-- Every authority that is open lies in exactly one region of a drawing; abolished ones follow their successors.
create table regions.drawing_authority (
  version integer not null,
  authority_code text not null check (authority_code ~ '^[0-9]{3}$'),
  region_code text not null,
  primary key (version, authority_code),
  foreign key (version, region_code) references regions.drawing_region
);

-- Which office holds a duty, in a region or (region null) in the whole country; from `from_on` up to, and not on, `to_on`.
create table regions.responsibility (
  id integer generated always as identity primary key,
  duty text not null,
  region_code text,
  office_code text not null references regions.office,
  post text not null,
  from_on date not null,
  to_on date check (to_on > from_on),
  unique nulls not distinct (duty, region_code, from_on)
);

-- Who is in a post of an office. A post without a row on a day is vacant.
create table regions.officer (
  id integer generated always as identity primary key,
  office_code text not null references regions.office,
  post text not null,
  name text not null check (name <> ''),
  contact text not null,
  from_on date not null,
  to_on date check (to_on > from_on),
  unique (office_code, post, from_on)
);

-- A duty of a region that another office carries out for a while; the region's own office still answers for it.
create table regions.delegation (
  id integer generated always as identity primary key,
  duty text not null,
  region_code text not null,
  to_office text not null references regions.office,
  to_post text not null,
  from_on date not null,
  to_on date not null check (to_on > from_on),
  reasons text not null check (reasons <> ''),
  unique (duty, region_code, from_on)
);

-- Questions put to the drawing of regions: settings, and what came of them.
create table regions.scenario (
  id integer generated always as identity primary key,
  title text not null check (title <> ''),
  version integer not null default 1 check (version > 0),
  settings jsonb not null,
  -- The authorities, borders and counts that it was computed on, so that it can be computed again.
  country jsonb not null,
  state text not null check (state in ('waiting', 'drawn', 'impossible', 'adopted')),
  job text,
  -- Regions, their authorities, value, bound and how the search went.
  result jsonb,
  made_by text not null,
  made_at timestamptz not null default now()
);

-- Borders that a user brought, simplified: one row a file.
create table regions.boundary_file (
  id integer generated always as identity primary key,
  name text not null,
  sha256 text not null,
  imported_at timestamptz not null default now(),
  imported_by text not null,
  -- TopoJSON of the authorities by their three-digit code.
  topology jsonb not null,
  -- Pairs of authorities with the kilometres of border they share, and each one's middle.
  borders jsonb not null
);

-- Version 1: the nine regions that the department's directors and the inspectorate have shared since 2022.
insert into regions.drawing (version, title, starts_on, adopted_by, reasons) values
  (1, 'The nine regions of today', '2022-09-01', 'given', 'In use by the department and the inspectorate since 2022.');
insert into regions.office (code, name, kind, contact, opened_on) values
  ('north-east', 'North East regional office', 'regional', 'No address has been recorded for this office.', '2022-09-01'),
  ('north-west', 'North West regional office', 'regional', 'No address has been recorded for this office.', '2022-09-01'),
  ('yorkshire-and-the-humber', 'Yorkshire and The Humber regional office', 'regional', 'No address has been recorded for this office.', '2022-09-01'),
  ('east-midlands', 'East Midlands regional office', 'regional', 'No address has been recorded for this office.', '2022-09-01'),
  ('west-midlands', 'West Midlands regional office', 'regional', 'No address has been recorded for this office.', '2022-09-01'),
  ('east-of-england', 'East of England regional office', 'regional', 'No address has been recorded for this office.', '2022-09-01'),
  ('london', 'London regional office', 'regional', 'No address has been recorded for this office.', '2022-09-01'),
  ('south-east', 'South East regional office', 'regional', 'No address has been recorded for this office.', '2022-09-01'),
  ('south-west', 'South West regional office', 'regional', 'No address has been recorded for this office.', '2022-09-01'),
  ('national-office', 'National office', 'national', 'No address has been recorded for this office.', '2022-09-01'),
  ('national-appeals', 'National appeals office', 'national', 'No address has been recorded for this office.', '2022-09-01');
insert into regions.drawing_region (version, region_code, name, office_code) values
  (1, 'E12000001', 'North East', 'north-east'),
  (1, 'E12000002', 'North West', 'north-west'),
  (1, 'E12000003', 'Yorkshire and The Humber', 'yorkshire-and-the-humber'),
  (1, 'E12000004', 'East Midlands', 'east-midlands'),
  (1, 'E12000005', 'West Midlands', 'west-midlands'),
  (1, 'E12000006', 'East of England', 'east-of-england'),
  (1, 'E12000007', 'London', 'london'),
  (1, 'E12000008', 'South East', 'south-east'),
  (1, 'E12000009', 'South West', 'south-west');
insert into regions.drawing_authority (version, authority_code, region_code)
  select version, unnest(authorities::text[]), region from (values
    (1, 'E12000001', '{390,391,392,393,394,805,806,807,808,840,841,929}'),
    (1, 'E12000002', '{340,341,342,343,344,350,351,352,353,354,355,356,357,358,359,876,877,888,889,890,895,896,942,943}'),
    (1, 'E12000003', '{370,371,372,373,380,381,382,383,384,810,811,812,813,815,816}'),
    (1, 'E12000004', '{830,831,855,856,857,891,892,925,940,941}'),
    (1, 'E12000005', '{330,331,332,333,334,335,336,860,861,884,885,893,894,937}'),
    (1, 'E12000006', '{821,822,823,873,874,881,882,883,919,926,935}'),
    (1, 'E12000007', '{201,202,203,204,205,206,207,208,209,210,211,212,213,301,302,303,304,305,306,307,308,309,310,311,312,313,314,315,316,317,318,319,320}'),
    (1, 'E12000008', '{825,826,845,846,850,851,852,867,868,869,870,871,872,886,887,921,931,936,938}'),
    (1, 'E12000009', '{420,800,801,802,803,838,839,865,866,878,879,880,908,916,933}')
  ) as given (version, region, authorities);
-- The office of a region answers for all of its duties, and a national office for those of the whole country.
insert into regions.responsibility (duty, region_code, office_code, post, from_on)
  select duty, region_code, office_code, post, '2022-09-01' from regions.drawing_region, (values
    ('quality-mark-review', 'quality-mark'),
    ('external-visits', 'quality-mark'),
    ('safeguarding-audit', 'safeguarding'),
    ('trust-approval', 'trusts'),
    ('accounts', 'trusts'),
    ('admissions-safety-net', 'places'),
    ('complaints-second', 'places')
  ) as of_a_region (duty, post);
insert into regions.responsibility (duty, region_code, office_code, post, from_on) values
  ('quality-mark-appeal', null, 'national-appeals', 'appeals', '2022-09-01'),
  ('complaints-about-an-office', null, 'national-office', 'complaints', '2022-09-01');

-- Everybody may read who answers for what; a director of the whole country draws and adopts, a region's director fills posts and delegates.
grant usage on schema regions to greenpaper_person;
grant select, insert, update on all tables in schema regions to greenpaper_person;

do $$
declare name text;
begin
  foreach name in array array['drawing', 'office', 'drawing_region', 'drawing_authority', 'responsibility', 'officer', 'delegation',
    'boundary_file', 'scenario'] loop
    execute format('alter table regions.%I enable row level security', name);
    if name <> 'scenario' then
      execute format('create policy everybody_reads on regions.%I for select using (true)', name);
    end if;
  end loop;
  foreach name in array array['drawing', 'office', 'drawing_region', 'drawing_authority', 'responsibility', 'officer', 'delegation',
    'boundary_file', 'scenario'] loop
    execute format('create policy country_director on regions.%I for all using (platform.may_act(''regional-director'', null, null, null))
      with check (platform.may_act(''regional-director'', null, null, null))', name);
  end loop;
end $$;
create policy own_region on regions.officer for all
  using (exists (select from regions.drawing_region r where r.office_code = officer.office_code
    and platform.may_act('regional-director', null, r.region_code, null)))
  with check (exists (select from regions.drawing_region r where r.office_code = officer.office_code
    and platform.may_act('regional-director', null, r.region_code, null)));
create policy own_region on regions.delegation for all
  using (platform.may_act('regional-director', null, region_code, null))
  with check (platform.may_act('regional-director', null, region_code, null));
