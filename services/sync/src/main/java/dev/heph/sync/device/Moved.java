package dev.heph.sync.device;

/**
 * What a cycle moved.
 *
 * @param pushed ops that were new to the hub
 * @param pulled ops that were new here
 */
record Moved(long pushed, long pulled) {}
