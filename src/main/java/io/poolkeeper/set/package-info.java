/**
 * The vault: sets and how they get their final name, the ledger that chains them, and the evidence about them.
 *
 * <p>Write order, at any time: artefacts are flushed before their step reports; a set has all its files flushed before
 * it gets its name; it has its name before the ledger knows it. Nothing in a published set changes.
 *
 * <p>May import: schema, catalogue, site, step.
 */
@NullMarked
package io.poolkeeper.set;

import org.jspecify.annotations.NullMarked;
