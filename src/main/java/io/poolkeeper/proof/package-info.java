/**
 * What the evidence in the vault amounts to: whether the site can be restored, to when, in how long, and how fresh the proof
 * of that is.
 *
 * <p>May import: schema, catalogue, site, step, set, plan, run.
 */
@NullMarked
package io.poolkeeper.proof;

import org.jspecify.annotations.NullMarked;
