// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import java.time.Instant;

/**
 * A worker says that it has taken a step and how long to wait for its next sign of life (config/schema/claim.json).
 *
 * @param leaseUntil after three missed heartbeats the worker counts as lost, UTC
 */
public record Claim(String run, String step, int attempt, String worker, Instant leaseUntil) {}
