// SPDX-License-Identifier: Apache-2.0
/** Parts that another product backs up and leaves as files: found, judged by age, read, and never copied. */
@NullMarked
package io.poolkeeper.observed;

import org.jspecify.annotations.NullMarked;
