-- Version 1. Every key begins with the space. Ids are 16 bytes; devices are numbered locally to keep rows small; stamps (hlc)
-- are 12 bytes whose order is the logical order. Never edit a migration that has shipped: add the next one.

CREATE TABLE spaces (
  num  INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);
INSERT INTO spaces (num, name) VALUES (1, 'personal');

-- The end of every device's chain. named_seq: its seq when this replica's own last bundle named its heads.
CREATE TABLE devices (
  space         INTEGER NOT NULL REFERENCES spaces (num),
  num           INTEGER NOT NULL,
  id            BLOB NOT NULL,
  key           BLOB,
  name          TEXT,
  seq           INTEGER NOT NULL DEFAULT 0,
  chain         BLOB NOT NULL,
  hlc           BLOB,
  named_seq     INTEGER NOT NULL DEFAULT 0,
  revoked_seq   INTEGER,
  revoked_chain BLOB,
  PRIMARY KEY (space, num),
  UNIQUE (space, id)
) WITHOUT ROWID;

-- The log: the bytes as they came, in order of arrival. applied: whether this version could read the ops; a bundle of a later
-- format is kept, counted and forwarded, and has no rows in ops until a version that knows it rebuilds the facts.
CREATE TABLE bundles (
  arrival INTEGER PRIMARY KEY,
  space   INTEGER NOT NULL,
  device  INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  count   INTEGER NOT NULL,
  hlc     BLOB NOT NULL,
  action  BLOB NOT NULL,
  header  BLOB NOT NULL,
  payload BLOB NOT NULL,
  applied INTEGER NOT NULL,
  UNIQUE (space, device, seq)
);
CREATE INDEX bundles_unapplied ON bundles (space, arrival) WHERE applied = 0;

CREATE INDEX bundles_by_action ON bundles (space, action);

-- The log op by op: what each is about, and whether this version could apply it.
CREATE TABLE ops (
  space   INTEGER NOT NULL,
  device  INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  bundle  INTEGER NOT NULL,
  type    TEXT NOT NULL,
  target  BLOB NOT NULL,
  applied INTEGER NOT NULL,
  PRIMARY KEY (space, device, seq)
) WITHOUT ROWID;
CREATE INDEX ops_by_target ON ops (space, target, device, seq);
CREATE INDEX ops_unapplied ON ops (space, device, seq) WHERE applied = 0;

CREATE TRIGGER bundles_are_kept BEFORE DELETE ON bundles BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;
CREATE TRIGGER bundles_are_new BEFORE INSERT ON bundles
  WHEN EXISTS (SELECT 1 FROM bundles b WHERE b.space = new.space AND b.device = new.device AND b.seq = new.seq)
  BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;
CREATE TRIGGER ops_are_new BEFORE INSERT ON ops
  WHEN EXISTS (SELECT 1 FROM ops o WHERE o.space = new.space AND o.device = new.device AND o.seq = new.seq)
  BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;
CREATE TRIGGER bundles_are_final
  BEFORE UPDATE OF arrival, space, device, seq, count, hlc, action, header, payload ON bundles BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;
CREATE TRIGGER ops_are_kept BEFORE DELETE ON ops BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;
CREATE TRIGGER ops_are_final BEFORE UPDATE OF space, device, seq, bundle, type, target ON ops
  BEGIN SELECT RAISE (ABORT, 'the log is append-only'); END;

CREATE VIEW oplog AS
  SELECT ops.space, spaces.name AS owner, devices.id AS origin, ops.seq, bundles.hlc, ops.type, ops.target,
         bundles.payload, ops.applied
  FROM ops
  JOIN spaces ON spaces.num = ops.space
  JOIN devices ON devices.space = ops.space AND devices.num = ops.device
  JOIN bundles ON bundles.space = ops.space AND bundles.device = ops.device AND bundles.seq = ops.bundle;

-- Facts: what merge knows. Everything from here on can be rebuilt from the log.
CREATE TABLE tips (
  space   INTEGER NOT NULL,
  entity  BLOB NOT NULL,
  facet   TEXT NOT NULL,
  field   TEXT NOT NULL,
  device  INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  hlc     BLOB NOT NULL,
  value   BLOB NOT NULL,
  initial INTEGER NOT NULL,
  PRIMARY KEY (space, entity, facet, field, device, seq)
) WITHOUT ROWID;

CREATE TABLE link_tags (
  space  INTEGER NOT NULL,
  src    BLOB NOT NULL,
  type   TEXT NOT NULL,
  dst    BLOB NOT NULL,
  key    TEXT NOT NULL,
  device INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  PRIMARY KEY (space, src, type, dst, key, device, seq)
) WITHOUT ROWID;
CREATE INDEX link_tags_by_dst ON link_tags (space, dst, type);
CREATE INDEX link_tags_blocks ON link_tags (space, src, dst) WHERE type = 'blocks';

CREATE TABLE tombstones (
  space  INTEGER NOT NULL,
  entity BLOB NOT NULL,
  device INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  PRIMARY KEY (space, entity, device, seq)
) WITHOUT ROWID;

CREATE TABLE texts (
  space   INTEGER NOT NULL,
  entity  BLOB NOT NULL,
  field   TEXT NOT NULL,
  version BLOB NOT NULL,
  state   BLOB NOT NULL,
  PRIMARY KEY (space, entity, field)
);

CREATE TABLE entries (
  space  INTEGER NOT NULL,
  entity BLOB NOT NULL,
  hlc    BLOB NOT NULL,
  device INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  text   TEXT NOT NULL,
  PRIMARY KEY (space, entity, hlc, device, seq)
) WITHOUT ROWID;

-- Views: what queries read. A row without a kind is an entity that is no node, or not yet. text_aliases: the names that the
-- body's front matter gives the node, a line each. body comes last, for what stands behind a long one is far away. context: the document is a task's context, and shown with its task.
CREATE TABLE nodes (
  num        INTEGER PRIMARY KEY,
  space      INTEGER NOT NULL,
  id         BLOB NOT NULL,
  tail       TEXT NOT NULL,
  kind       TEXT,
  title      TEXT NOT NULL DEFAULT '',
  created    BLOB NOT NULL,
  modified   BLOB NOT NULL,
  tombstoned INTEGER NOT NULL DEFAULT 0,
  vault      TEXT,
  path       TEXT,
  context    INTEGER NOT NULL DEFAULT 0,
  parent     BLOB,
  text_aliases TEXT NOT NULL DEFAULT '',
  body       TEXT,
  UNIQUE (space, id)
);
CREATE INDEX nodes_by_tail ON nodes (space, tail);
CREATE INDEX nodes_by_kind ON nodes (space, kind, modified) WHERE tombstoned = 0;
CREATE INDEX nodes_by_path ON nodes (space, vault, path) WHERE vault IS NOT NULL;
CREATE INDEX nodes_by_parent ON nodes (space, parent) WHERE parent IS NOT NULL;

CREATE TABLE tasks (
  space     INTEGER NOT NULL,
  id        BLOB NOT NULL,
  state     TEXT NOT NULL,
  attention TEXT,
  do_date   TEXT,
  late_on   TEXT,
  committed INTEGER NOT NULL,
  project   BLOB,
  PRIMARY KEY (space, id)
) WITHOUT ROWID;
CREATE INDEX tasks_open ON tasks (space, attention) WHERE state = 'outstanding' AND committed = 1;

CREATE INDEX tasks_by_project ON tasks (space, project) WHERE project IS NOT NULL;

-- By what names a node is found, folded. rank: 0 a title, 1 the title of the task whose context document it is, 2 an alias.
CREATE TABLE names (
  space  INTEGER NOT NULL,
  folded TEXT NOT NULL,
  rank   INTEGER NOT NULL,
  entity BLOB NOT NULL,
  name   TEXT NOT NULL,
  PRIMARY KEY (space, folded, rank, entity)
) WITHOUT ROWID;
CREATE INDEX names_by_entity ON names (space, entity);

-- What texts refer to, in their order. folded: the last segment of the target, the name it is looked up by. line: the text of
-- the line around the reference, for people.
CREATE TABLE refs (
  space   INTEGER NOT NULL,
  src     BLOB NOT NULL,
  ordinal INTEGER NOT NULL,
  type    TEXT NOT NULL,
  target  TEXT NOT NULL,
  folded  TEXT NOT NULL,
  label   TEXT,
  anchor  TEXT,
  start   INTEGER NOT NULL,
  line    TEXT NOT NULL,
  dst     BLOB,
  PRIMARY KEY (space, src, ordinal)
) WITHOUT ROWID;
CREATE INDEX refs_by_name ON refs (space, folded);
CREATE INDEX refs_by_dst ON refs (space, dst);

CREATE TABLE tagged (
  space  INTEGER NOT NULL,
  entity BLOB NOT NULL,
  folded TEXT NOT NULL,
  tag    TEXT NOT NULL,
  PRIMARY KEY (space, entity, folded)
) WITHOUT ROWID;
CREATE INDEX tagged_by_tag ON tagged (space, folded);

CREATE VIRTUAL TABLE words USING fts5 (
  title, aliases, body,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
-- Every save adds a small piece to the index. Merging them four at a time, as is usual, made one save in a hundred wait for it.
INSERT INTO words (words, rank) VALUES ('automerge', 16);

-- Every key begins with the space, which is one and the same in most databases: without statistics the planner believes that
-- it narrows a search and scans. These are those of a large one; nothing ever measures again, so plans do not change by
-- themselves. Each number: rows, then rows for each further column of the key (sqlite_stat1 in SQLite's documentation).
-- Analysing one empty table makes the statistics' own table and notes nothing. All of them would note that words_data, the
-- inside of the word index, has two rows; SQLite then scans it from end to end for each part of it that is merged away.
ANALYZE devices;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('words_data', NULL, '100000'),
  ('devices', 'devices', '10 10 1'),
  ('devices', 'sqlite_autoindex_devices_2', '10 10 1'),
  ('bundles', 'sqlite_autoindex_bundles_1', '100000 100000 20000 1'),
  ('bundles', 'bundles_unapplied', '100 100 1'),
  ('bundles', 'bundles_by_action', '100000 100000 2'),
  ('ops', 'ops', '1000000 1000000 200000 1'),
  ('ops', 'ops_by_target', '1000000 1000000 10 5 1'),
  ('ops', 'ops_unapplied', '100 100 50 1'),
  ('tips', 'tips', '1000000 1000000 6 3 1 1 1'),
  ('link_tags', 'link_tags', '100000 100000 3 2 1 1 1 1'),
  ('link_tags', 'link_tags_by_dst', '100000 100000 5 2'),
  ('link_tags', 'link_tags_blocks', '100 100 2 1'),
  ('tombstones', 'tombstones', '10000 10000 1 1 1'),
  ('texts', 'sqlite_autoindex_texts_1', '100000 100000 1 1'),
  ('entries', 'entries', '100000 100000 10 1 1 1'),
  ('nodes', 'sqlite_autoindex_nodes_1', '100000 100000 1'),
  ('nodes', 'nodes_by_tail', '100000 100000 1'),
  ('nodes', 'nodes_by_kind', '100000 100000 20000 1'),
  ('nodes', 'nodes_by_path', '50000 50000 10000 1'),
  ('nodes', 'nodes_by_parent', '1000 1000 10'),
  ('tasks', 'tasks', '50000 50000 1'),
  ('tasks', 'tasks_open', '5000 5000 1500'),
  ('tasks', 'tasks_by_project', '30000 30000 50'),
  ('names', 'names', '150000 150000 1 1 1'),
  ('names', 'names_by_entity', '150000 150000 2'),
  ('refs', 'refs', '500000 500000 7 1'),
  ('refs', 'refs_by_name', '500000 500000 8'),
  ('refs', 'refs_by_dst', '500000 500000 8'),
  ('tagged', 'tagged', '100000 100000 2 1'),
  ('tagged', 'tagged_by_tag', '100000 100000 50');
ANALYZE sqlite_schema;
