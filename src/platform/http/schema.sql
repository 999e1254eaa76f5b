-- Answers to requests that were sent with an Idempotency-Key, kept for a day: the same request again gets the same answer.
-- Runs on PostgreSQL 15 and newer, and on PGlite.

create schema http;

create table http.answer (
  -- Who asked: keys of different people are different keys.
  actor text not null,
  key text not null,
  -- SHA-256 of what was asked: a key stands for one request.
  request text not null check (request ~ '^[0-9a-f]{64}$'),
  begun_at timestamptz not null,
  -- Null while the request is under way, or when the server stopped in the middle of it.
  answer jsonb,
  primary key (actor, key)
);
create index answer_by_age on http.answer (begun_at);
