/** What the tests of all modules share: what they start from when they draw, and where they listen. */
package dev.heph.testing;
