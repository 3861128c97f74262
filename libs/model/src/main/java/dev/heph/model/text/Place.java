package dev.heph.model.text;

/**
 * Where a character stands.
 *
 * @param position in UTF-16 units of the visible text; of a deleted character, where it would reappear
 * @param visible  whether it is shown
 */
public record Place(int position, boolean visible) {}
