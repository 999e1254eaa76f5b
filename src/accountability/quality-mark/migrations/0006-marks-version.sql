-- Raised whenever a public mark of the year changes or a batch goes out: who keeps what is shown asks for this number alone.

alter table quality_mark.year_review add column marks_version integer not null default 0;
grant update (marks_version) on quality_mark.year_review to greenpaper_person;
