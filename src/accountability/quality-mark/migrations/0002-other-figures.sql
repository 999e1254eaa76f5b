-- Figures beside the published one. Reviews published before have none.
alter table quality_mark.explanation
  add column subgroups jsonb not null default '[]',
  add column outcomes jsonb not null default '[]';

-- A year's interval is kept with it, as it was shown until now; which year was the current one was not kept.
update quality_mark.explanation
set years = (
  select coalesce(
    jsonb_agg(
      year || jsonb_build_object(
        'lower', (year ->> 'valueAdded')::double precision - 1.96 * (year ->> 'standardError')::double precision,
        'upper', (year ->> 'valueAdded')::double precision + 1.96 * (year ->> 'standardError')::double precision,
        'lessAverage', null
      )
      order by place
    ),
    '[]'
  )
  from jsonb_array_elements(years) with ordinality as own (year, place)
);
