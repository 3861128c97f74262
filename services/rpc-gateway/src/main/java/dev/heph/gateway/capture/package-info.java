/** What people type, lines of quick-add and words for dates, read the same for every surface. */
package dev.heph.gateway.capture;
