/** What random tests start from: the same in every build, unless another draw is asked for. */
package dev.heph.chance;
