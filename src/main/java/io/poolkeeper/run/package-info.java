/**
 * The memory of runs: what was asked, what is expected, which steps are out, what came back, and what is to be told. One
 * database transaction per message. It is a cache of runs: what matters afterwards lies in the vault.
 *
 * <p>Nothing stores "running": a step runs while its lease is fresh.
 *
 * <p>May import: schema, catalogue, site, step, set, plan.
 */
@NullMarked
package io.poolkeeper.run;

import org.jspecify.annotations.NullMarked;
