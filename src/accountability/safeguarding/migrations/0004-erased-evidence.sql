-- Files of evidence are erased some time after their audit was signed: the bytes go; name, size, type and hash stay, with the day.

alter table safeguarding.evidence_file add column size integer;
update safeguarding.evidence_file set size = length(bytes);
alter table safeguarding.evidence_file alter column size set not null;
alter table safeguarding.evidence_file add column erased_at timestamptz;
alter table safeguarding.evidence_file alter column bytes drop not null;
alter table safeguarding.evidence_file add check (size between 1 and 5000000);
alter table safeguarding.evidence_file add check (coalesce(length(bytes), size) = size);
alter table safeguarding.evidence_file add check ((bytes is null) = (erased_at is not null));

-- What is left to erase is looked for every hour.
create index evidence_kept on safeguarding.evidence_file (audit_id) where erased_at is null;
