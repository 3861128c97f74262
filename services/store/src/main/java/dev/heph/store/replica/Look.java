package dev.heph.store.replica;

/**
 * What a save would make of a text.
 *
 * @param place where that would be, in UTF-16 units, which was asked for of the text that is to be saved
 */
public record Look(String text, int place) {}
