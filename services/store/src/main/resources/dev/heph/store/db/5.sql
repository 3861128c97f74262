-- Whether what is here was made of the log by a hub ("snapshot" in docs/design/sync.md) and has still to be compared with what the log says.
ALTER TABLE spaces ADD COLUMN unchecked INTEGER NOT NULL DEFAULT 0;

-- A task that was promoted from a ticked checkbox and whose state nobody said stayed done when the checkbox went.
INSERT OR IGNORE INTO stale SELECT t.space, t.id FROM tasks t WHERE t.state = 'done' AND t.recurrence IS NULL
  AND NOT EXISTS (SELECT 1 FROM tips p WHERE p.space = t.space AND p.entity = t.id AND p.field = 'state' AND p.initial = 0);
