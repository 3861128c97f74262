package dev.heph.gateway.vault;

/**
 * A file that is there and was not taken in. @param path in the folder, with forward slashes @param reason for a person
 */
record Skipped(String path, String reason) {}
