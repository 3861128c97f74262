package dev.heph.model.recur;

/** How a person was through with an occurrence. */
public enum Outcome { DONE, DROPPED, SKIPPED }
