// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

/**
 * One process that was measured.
 *
 * @param seconds from its start to its end
 * @param megabytes the most memory that it or a child of it had resident, in 10^6 bytes; 0 where nothing tells
 */
record Measured(double seconds, double megabytes) {}
