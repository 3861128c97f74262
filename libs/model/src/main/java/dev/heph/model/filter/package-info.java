/**
 * Which items an action or a view is about, in words: {@link dev.heph.model.filter.Filter}. The language and its tables are in
 * docs/design/filters.md.
 */
package dev.heph.model.filter;
