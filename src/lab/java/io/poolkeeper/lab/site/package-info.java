/** Describes the running lab: {@code lab.json} for programs and tests, {@code site.yaml} and its secrets for the product. */
@NullMarked
package io.poolkeeper.lab.site;

import org.jspecify.annotations.NullMarked;
