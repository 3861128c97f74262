/**
 * What a note says about itself: links, tags, headings, checklist items and front matter, read from its markdown text
 * by the pure function {@link dev.heph.model.markdown.Extraction#of}. Nothing here is stored as an op: whoever holds
 * the text can read the same out of it.
 *
 * <p>Blocks (what is a paragraph, a list item, code, HTML) are decided by commonmark-java; the text inside a block is
 * scanned by {@code InlineScan}, because wiki links and tags are not CommonMark and because it touches only blocks
 * that hold a bracket or a number sign. All offsets are UTF-16 units into the whole body.
 */
package dev.heph.model.markdown;
