-- What each bundle's author had seen of others since its bundle before: happened-before is read from here.
CREATE TABLE heads (
  space  INTEGER NOT NULL,
  device INTEGER NOT NULL,
  other  INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  seen   INTEGER NOT NULL,
  PRIMARY KEY (space, device, other, seq)
) WITHOUT ROWID;

-- Edits of one text that knew nothing of each other and meddled with the same words; the lesser op first.
CREATE TABLE races (
  space        INTEGER NOT NULL,
  entity       BLOB NOT NULL,
  field        TEXT NOT NULL,
  device       INTEGER NOT NULL,
  seq          INTEGER NOT NULL,
  other_device INTEGER NOT NULL,
  other_seq    INTEGER NOT NULL,
  settled      INTEGER NOT NULL,
  PRIMARY KEY (space, entity, field, device, seq, other_device, other_seq)
) WITHOUT ROWID;

-- What other devices signed: the ends of the segments in which their bundles came, for those to whom they are passed on.
CREATE TABLE signatures (
  space     INTEGER NOT NULL,
  device    INTEGER NOT NULL,
  seq       INTEGER NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (space, device, seq)
) WITHOUT ROWID;

-- The ids that this device took because another one wrote under the one before; since: epoch milliseconds.
CREATE TABLE identities (
  num    INTEGER PRIMARY KEY,
  space  INTEGER NOT NULL,
  device BLOB NOT NULL,
  before BLOB NOT NULL,
  since  INTEGER NOT NULL
);

-- The bundles that were written anew then, as they were.
CREATE TABLE parted (
  space   INTEGER NOT NULL,
  device  INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  header  BLOB NOT NULL,
  payload BLOB NOT NULL,
  PRIMARY KEY (space, device, seq)
);

-- What is to be settled, and what each side says; for a text, base and values are the lines in question.
CREATE TABLE conflicts (
  space  INTEGER NOT NULL,
  id     BLOB NOT NULL,
  entity BLOB NOT NULL,
  kind   TEXT NOT NULL,
  facet  TEXT NOT NULL,
  field  TEXT NOT NULL,
  base   TEXT,
  merged TEXT,
  PRIMARY KEY (space, id)
) WITHOUT ROWID;
CREATE INDEX conflicts_by_entity ON conflicts (space, entity);

CREATE TABLE sides (
  space    INTEGER NOT NULL,
  conflict BLOB NOT NULL,
  ordinal  INTEGER NOT NULL,
  device   INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  value    BLOB NOT NULL,
  PRIMARY KEY (space, conflict, ordinal)
) WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('signatures', 'signatures', '100000 100000 20000 1'),
  ('heads', 'heads', '100000 100000 20000 2000 1'),
  ('races', 'races', '1000 1000 10 10 1 1 1 1'),
  ('conflicts', 'conflicts', '100 100 1'),
  ('conflicts', 'conflicts_by_entity', '100 100 1'),
  ('sides', 'sides', '200 200 2 1');
ANALYZE sqlite_schema;

-- Fields about which devices disagree are conflicts from now on.
INSERT OR IGNORE INTO stale SELECT space, entity FROM tips GROUP BY space, entity, facet, field HAVING count(*) > 1;

-- Which version of the merge made the facts: another one makes them anew from the log.
ALTER TABLE spaces ADD COLUMN merge_version INTEGER NOT NULL DEFAULT 0;
