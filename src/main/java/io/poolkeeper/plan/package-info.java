/**
 * What is to be done, decided before anything is done: a disposition for every part that the catalogue knows or discovery
 * found, and the stages of steps that follow from them. Pure functions of site, catalogue and inventory.
 *
 * <p>May import: schema, catalogue, site, step, set.
 */
@NullMarked
package io.poolkeeper.plan;

import org.jspecify.annotations.NullMarked;
