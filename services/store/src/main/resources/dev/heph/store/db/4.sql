-- A hub's order of arrival ("the order of arrival" in docs/design/sync.md): dense from 1; chain is over all bundles up to this one.
CREATE TABLE arrivals (
  space  INTEGER NOT NULL,
  n      INTEGER NOT NULL,
  device INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  chain  BLOB NOT NULL,
  PRIMARY KEY (space, n)
) WITHOUT ROWID;

-- Of a hub: the random id of this order of arrival; null: not a hub, or one that was restored and has to take a new one.
ALTER TABLE spaces ADD COLUMN epoch BLOB;

-- Whether this database was put back from a backup and has not been opened since.
ALTER TABLE spaces ADD COLUMN restored INTEGER NOT NULL DEFAULT 0;

-- The hub that this device syncs with, and how far it has got there. acknowledged: how much of what device wrote is on the
-- hub's disk. Times in epoch milliseconds.
CREATE TABLE hubs (
  space        INTEGER PRIMARY KEY,
  url          TEXT NOT NULL,
  epoch        BLOB,
  n            INTEGER NOT NULL DEFAULT 0,
  chain        BLOB NOT NULL,
  device       BLOB,
  acknowledged INTEGER NOT NULL DEFAULT 0,
  joined       INTEGER NOT NULL,
  synced       INTEGER
);

-- Places in the hub's order that this device has passed: where to go on from if the hub has lost its end.
CREATE TABLE points (
  space INTEGER NOT NULL,
  n     INTEGER NOT NULL,
  chain BLOB NOT NULL,
  PRIMARY KEY (space, n)
) WITHOUT ROWID;

-- What is merged and not shown yet: when much comes at once, views are refreshed later, and once. least, greatest: stamps of
-- what touched the entity; body: whether its text has to be read.
CREATE TABLE unshown (
  space    INTEGER NOT NULL,
  entity   BLOB NOT NULL,
  least    BLOB NOT NULL,
  greatest BLOB NOT NULL,
  body     INTEGER NOT NULL,
  PRIMARY KEY (space, entity)
) WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('arrivals', 'arrivals', '100000 100000 1'),
  ('points', 'points', '1000 1000 1'),
  ('unshown', 'unshown', '1000 1000 1');
ANALYZE sqlite_schema;
