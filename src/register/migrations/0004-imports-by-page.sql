-- Imports of the register that an administrator asked for by page or by the interface for programs: the files as they were brought, what was read
-- of each so far, and what became of it. A job works through them; the bytes go when it has ended.

create table register.import_order (
  id integer generated always as identity primary key,
  -- The day of the files whose names say none.
  as_of date not null,
  synthetic boolean not null,
  state text not null check (state in ('waiting', 'imported', 'refused')),
  ordered_at timestamptz not null,
  ordered_by text not null,
  job integer,
  report json,
  -- What is wrong with the files together; what is wrong with one stands with it.
  problems json,
  check ((report is not null) = (state = 'imported'))
);

create table register.import_order_file (
  order_id integer not null references register.import_order,
  number integer not null check (number > 0),
  name text not null check (name <> ''),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size integer not null check (size > 0),
  -- As it was brought; null once the order has ended.
  bytes bytea,
  -- What was read of it, until it is saved; null before and afterwards.
  contents json,
  problems json,
  primary key (order_id, number)
);

-- Only administrators see or begin an import; the job goes on as the owner of the tables.
alter table register.import_order enable row level security;
create policy seen on register.import_order for select using (platform.holds('administrator'));
create policy ordered on register.import_order for insert with check (platform.holds('administrator'));
create policy begun on register.import_order for update using (platform.holds('administrator'));
alter table register.import_order_file enable row level security;
create policy seen on register.import_order_file for select using (platform.holds('administrator'));
create policy brought on register.import_order_file for insert with check (platform.holds('administrator'));
grant select, insert on register.import_order, register.import_order_file to greenpaper_person;
grant update (job) on register.import_order to greenpaper_person;
