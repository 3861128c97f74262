package dev.heph.launcher;

/**
 * What {@code heph up} came to.
 *
 * @param started false if heph was running already
 * @param pid the process that keeps the others, or, with {@code --light}, the only one
 */
public record Up(boolean started, long pid) {}
