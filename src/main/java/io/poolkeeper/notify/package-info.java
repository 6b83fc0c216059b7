/**
 * One report model and its shapes: console, JSON, e-mail, Teams card; and which news goes where. Shapes only: sending is
 * routes/coordinator/deliver-news.
 *
 * <p>May import: schema, catalogue, site, step, set, plan, run, proof.
 */
@NullMarked
package io.poolkeeper.notify;

import org.jspecify.annotations.NullMarked;
