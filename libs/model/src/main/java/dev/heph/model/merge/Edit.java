package dev.heph.model.merge;

import dev.heph.model.id.Id;
import dev.heph.model.op.OpId;
import dev.heph.model.text.TextEdit;

/**
 * An edit of a text that took effect.
 *
 * @param action what the user did, of which it is a part: parts of one action never race
 */
public record Edit(OpId op, Id action, TextEdit edit) {}
