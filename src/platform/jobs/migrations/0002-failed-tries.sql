-- Of the tries, those that ended with an error: a step that was cut off by the end of its program is no fault of its own, at first.
alter table jobs.job add column failed_tries integer not null default 0;
