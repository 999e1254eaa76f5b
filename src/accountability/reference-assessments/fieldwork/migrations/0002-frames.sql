-- The frame that a sample was drawn from, as its fingerprint was made of it: the register moves on, and the draw stays to be checked.
create table assessment_fieldwork.frame (
  study_id text primary key references assessment_fieldwork.study,
  -- A JSON list of schools: [urn, size, stratum, region, share of free school meals].
  content text not null
);
alter table assessment_fieldwork.frame enable row level security;
create policy statisticians on assessment_fieldwork.frame using (platform.holds('statistician'));
grant select, insert on assessment_fieldwork.frame to greenpaper_person;
