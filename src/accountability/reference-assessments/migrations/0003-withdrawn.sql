-- A publication that was taken back: when, by whom and why. It stays in the record, and its figures are shown no more.

alter table reference_assessments.publication
  add column withdrawn_at timestamptz,
  add column withdrawn_by text,
  add column withdrawal text check (withdrawal <> ''),
  add constraint withdrawn_whole check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawal is null));
