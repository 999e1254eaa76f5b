const restore =
  "Compare with the newest backup whose head you know, find out who could write to the database, and restore what is wrong from there.";

/** What `greenpaper verify` can find; listed in `docs/problems.md`. */
export const problemCodes = {
  "log-event-changed": {
    meaning: "An event of the log, or the hash of the event before it, isn't what it was when it was appended.",
    remedy: restore,
  },
  "log-event-missing": { meaning: "Events were taken out of the log.", remedy: restore },
  "log-event-moved": { meaning: "An event stands at another place than where it was appended.", remedy: restore },
  "log-tail-missing": { meaning: "The newest events of the log are missing.", remedy: restore },
  "log-beyond-head": {
    meaning: "Events stand behind the end of the log: they were not appended by the program.",
    remedy: restore,
  },
  "log-head-changed": { meaning: "The head of the log isn't the newest event's number and hash.", remedy: restore },
  "log-head-unknown": {
    meaning: "No event has the hash that was given: the log was cut off before it, or rewritten, or is another one.",
    remedy: `Check that the hash is of this register. If it is: ${restore}`,
  },
  "log-stream-broken": { meaning: "The versions of a stream have a gap.", remedy: restore },
  "log-unguarded": {
    meaning: "A trigger that keeps the log append-only is missing or switched off.",
    remedy:
      "Put it back as src/platform/log/schema.sql makes it, and find out who took it away; until then changes are found but not refused.",
  },
  "state-version-differs": {
    meaning: "A row's version isn't that of its stream in the log: it was changed without an event.",
    remedy: "Read the stream's events, put the row right by them, and find out who changed it.",
  },
} as const;
