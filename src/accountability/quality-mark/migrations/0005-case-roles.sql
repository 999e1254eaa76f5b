-- Who may reach a case: whoever holds a role for its school, its trust, its region or the country.

alter table quality_mark.school_case enable row level security;
create policy reach on quality_mark.school_case using (platform.may_reach(urn, region_code, trust_uid));

grant usage on schema quality_mark to greenpaper_person;
grant select on quality_mark.review, quality_mark.measure, quality_mark.decision, quality_mark.explanation,
  quality_mark.year_review to greenpaper_person;
grant select, insert, update on quality_mark.school_case to greenpaper_person;

-- A batch is of a region or of the country; whoever publishes it must hold a role there.
alter table quality_mark.publication enable row level security;
create policy reads on quality_mark.publication for select using (platform.is_signed_in());
create policy begins on quality_mark.publication for insert with check (platform.may_reach(null, region_code, null));
grant select, insert on quality_mark.publication to greenpaper_person;
