/**
 * One unit of work for one worker: the order ({@link io.poolkeeper.step.Step}), the answer ({@link
 * io.poolkeeper.step.StepResult}), the interface between the workflow and the kinds ({@link
 * io.poolkeeper.step.StepHandler}), and the two ways a step fails.
 *
 * <p>May import: schema, catalogue, site.
 */
@NullMarked
package io.poolkeeper.step;

import org.jspecify.annotations.NullMarked;
