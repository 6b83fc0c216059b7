/**
 * The running program: Camel Main, the broker, and the beans under the names that the routes use. Camel and JMS are imported
 * here alone.
 *
 * <p>May import: schema, catalogue, site, step, set, database, share, directory, settings, plan, run, proof, notify.
 */
@NullMarked
package io.poolkeeper.app;

import org.jspecify.annotations.NullMarked;
