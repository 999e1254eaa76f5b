-- What an officer was given or photographed, as files: read by whoever may read the audit, added and taken out by its officer until
-- it is signed. The log holds their hashes and no name.

create table safeguarding.evidence_file (
  id text primary key check (id ~ '^[0-9a-f]{16}$'),
  audit_id text not null references safeguarding.audit,
  requirement text not null,
  name text not null check (name <> ''),
  type text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bytea not null check (length(bytes) between 1 and 5000000),
  added_at timestamptz not null,
  -- The charter of the officer who added it.
  added_by text not null,
  unique (audit_id, requirement, sha256)
);

create function safeguarding.may_add_evidence(id text) returns boolean language sql stable
  return exists (select from safeguarding.audit a
    where a.id = $1 and a.state = 'begun' and a.officer = safeguarding.own_charter());

alter table safeguarding.evidence_file enable row level security;
create policy seen on safeguarding.evidence_file for select using (safeguarding.may_read_answers(audit_id));
create policy added on safeguarding.evidence_file for insert with check (safeguarding.may_add_evidence(audit_id));
create policy taken_out on safeguarding.evidence_file for delete using (safeguarding.may_add_evidence(audit_id));

grant select, insert, delete on safeguarding.evidence_file to greenpaper_person;
