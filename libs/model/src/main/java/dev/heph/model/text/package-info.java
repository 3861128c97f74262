/**
 * Texts that merge: a note's body as a sequence CRDT (YATA, with the integration rule of Yjs and run lengths), the edits
 * that replicas exchange, and the diff that turns a saved body into such an edit.
 *
 * <p>Start at {@link dev.heph.model.text.Text}. A text is a sequence of code points, each named for ever by the client that
 * wrote it and that client's clock ({@link dev.heph.model.text.CharId}). Inside, characters are held as UTF-16 so that
 * positions are those of {@link String}; every length and clock counts code points; a surrogate pair is never split.
 */
package dev.heph.model.text;
