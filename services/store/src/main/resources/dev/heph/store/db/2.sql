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

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('boxes', 'boxes', '100000 100000 5 1'),
  ('boxes', 'boxes_by_tail', '100000 100000 1');
ANALYZE sqlite_schema;

-- Nodes whose views a newer heph reads more from: refreshed at its first start.
CREATE TABLE stale (
  space  INTEGER NOT NULL,
  entity BLOB NOT NULL,
  PRIMARY KEY (space, entity)
) WITHOUT ROWID;
INSERT INTO stale SELECT space, id FROM nodes WHERE body LIKE '%[%]%';
