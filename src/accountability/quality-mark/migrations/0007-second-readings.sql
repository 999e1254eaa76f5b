-- The second readings of a batch are drawn when every decision of a region has been taken: exactly a tenth of its awards and a tenth
-- of its refusals, rounded up. Before, each school was drawn or not for itself, a tenth on average.

-- What was read twice of a batch, by region and decision; null for batches of the time before.
alter table quality_mark.publication add column sample jsonb;

drop function quality_mark.in_draw(text, text);

-- The decisions of a region (with null: of each) that are to be read twice: those of the smallest numbers. Nothing while a decision of
-- the region has not been taken, so that nobody can learn before deciding what is drawn. It runs with the rights of its owner, who
-- alone may read the seed.
create function quality_mark.sample_of(year text, region text)
  returns table (region_code text, decision text, of_decisions integer, urn text, state text, agreed boolean)
  language sql stable security definer set search_path = pg_catalog
begin atomic
  select s.region_code, s.decision, s.of_decisions::integer, s.urn, s.state, s.agreed
  from (
    select c.region_code, c.decision, c.urn, c.state, y.draw_share, c.decided ->> 'agreedBy' is not null as agreed,
      count(*) over (partition by c.region_code, c.decision) as of_decisions,
      row_number() over (partition by c.region_code, c.decision order by quality_mark.draw_number(d.seed, c.urn), c.urn) as place
    from quality_mark.school_case c
      join quality_mark.draw d on d.academic_year = c.academic_year
      join quality_mark.year_review y on y.academic_year = c.academic_year
    where c.academic_year = sample_of.year and (sample_of.region is null or c.region_code = sample_of.region)
      and c.state in ('second-reader', 'decided') and c.decision in ('awarded', 'refused')
      and not exists (select from quality_mark.school_case w
        where w.academic_year = c.academic_year and w.region_code = c.region_code
          and w.publication_id is null and w.state in ('open', 'with-school', 'ready'))
  ) s
  where s.place <= ceil(round((s.draw_share * s.of_decisions)::numeric, 9))
  order by s.region_code, s.decision, s.place;
end;
