-- Who acts under row-level security appends to the log in the same transaction as the change itself, and reads the stream of what it may
-- change. The triggers hold it to appending like everybody else.
grant usage on schema log to greenpaper_person;
grant select, insert on log.event to greenpaper_person;
grant select, update on log.head to greenpaper_person;
