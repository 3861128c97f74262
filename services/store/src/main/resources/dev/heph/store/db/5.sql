-- Whether what is here was made of the log by a hub ("snapshot" in docs/design/sync.md) and has still to be compared with what the log says.
ALTER TABLE spaces ADD COLUMN unchecked INTEGER NOT NULL DEFAULT 0;
