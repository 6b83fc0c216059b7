/** Certificates of the lab's servers. */
@NullMarked
package io.poolkeeper.lab.tls;

import org.jspecify.annotations.NullMarked;
