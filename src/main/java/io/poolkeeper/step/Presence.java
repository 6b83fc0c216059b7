// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import java.time.Instant;
import java.util.List;

/**
 * A worker says that it is there (config/schema/presence.json), whether or not it has a step.
 *
 * @param worker its name in the site file; several processes may share it
 * @param process the one that speaks: host and process id
 * @param account as whom it runs
 * @param release of Poolkeeper
 * @param siteHash of its copy of the site file
 * @param can what it found on its host: {@code vault}, {@code LCSCmd}, {@code dbimpexp}, {@code wbadmin}
 * @param at its clock, UTC
 */
public record Presence(
        String worker, String process, String account, String release, String siteHash, List<String> can, Instant at) {}
