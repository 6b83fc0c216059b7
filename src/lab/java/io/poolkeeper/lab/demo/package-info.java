/**
 * The verb {@code demo}: a whole site backed up, restored and compared, with nothing done by hand. It uses the product as an
 * administrator does, by its launcher and its JSON lines, and compares with readers of its own.
 */
@NullMarked
package io.poolkeeper.lab.demo;

import org.jspecify.annotations.NullMarked;
