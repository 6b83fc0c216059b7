/**
 * The site file as checked records: what there is to protect, where it is kept, who is told. Read once at the start.
 *
 * <p>May import: schema, catalogue.
 */
@NullMarked
package io.poolkeeper.site;

import org.jspecify.annotations.NullMarked;
