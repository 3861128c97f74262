-- The checkboxes of bodies, in their order. character: the one between the brackets, client@clock. id: derived from it; tail: that backwards.
CREATE TABLE boxes (
  space     INTEGER NOT NULL,
  entity    BLOB NOT NULL,
  ordinal   INTEGER NOT NULL,
  id        BLOB NOT NULL,
  tail      TEXT NOT NULL,
  character TEXT NOT NULL,
  mark      TEXT NOT NULL,
  text      TEXT NOT NULL,
  PRIMARY KEY (space, entity, ordinal)
) WITHOUT ROWID;
CREATE INDEX boxes_by_tail ON boxes (space, tail);

-- How a task repeats (content lines of RFC 5545), and what is to be done about dates that passed.
ALTER TABLE tasks ADD COLUMN recurrence TEXT;
ALTER TABLE tasks ADD COLUMN missed TEXT;
CREATE INDEX tasks_repeating ON tasks (space, state) WHERE recurrence IS NOT NULL;

-- The occurrences that somebody did something with. start and closed: on the wall; do_date, late_on: where one was put by hand.
CREATE TABLE occurrences (
  space    INTEGER NOT NULL,
  task     BLOB NOT NULL,
  id       BLOB NOT NULL,
  start    TEXT NOT NULL,
  state    TEXT NOT NULL,
  closed   TEXT,
  do_date  TEXT,
  late_on  TEXT,
  PRIMARY KEY (space, task, id)
) WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('tasks', 'tasks_repeating', '1000 1000 500'),
  ('occurrences', 'occurrences', '100000 100000 50 1'),
  ('boxes', 'boxes', '100000 100000 5 1'),
  ('boxes', 'boxes_by_tail', '100000 100000 1');
ANALYZE sqlite_schema;

-- Nodes whose words the index has not got yet as they are now: it is brought up to date before anybody asks it.
CREATE TABLE unindexed (
  num INTEGER PRIMARY KEY
);

-- Nodes whose views a newer heph reads more from: refreshed at its first start.
CREATE TABLE stale (
  space  INTEGER NOT NULL,
  entity BLOB NOT NULL,
  PRIMARY KEY (space, entity)
) WITHOUT ROWID;
-- Those with checkboxes, and those with letters beyond ASCII, whose words the index now folds otherwise.
INSERT INTO stale SELECT space, id FROM nodes
  WHERE body LIKE '%[%]%' OR length(body) <> length(CAST(body AS BLOB)) OR length(title) <> length(CAST(title AS BLOB));
