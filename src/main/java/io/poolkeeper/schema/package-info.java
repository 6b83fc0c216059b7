/**
 * Documents and their schemas: YAML read with line numbers and without YAML's surprises, JSON written one way, both
 * checked against config/schema, and problems collected so that all are reported at once.
 *
 * <p>May import: nothing of ours. Must not import: any other package of ours.
 */
@NullMarked
package io.poolkeeper.schema;

import org.jspecify.annotations.NullMarked;
