/**
 * Readers that compare what is live with what was restored. They share nothing with the code that captured and restored: a mistake
 * made there must not be made here as well. Each names one difference for each thing that differs.
 */
@NullMarked
package io.poolkeeper.lab.compare;

import org.jspecify.annotations.NullMarked;
