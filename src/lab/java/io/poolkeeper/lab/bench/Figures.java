// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The least, the middle and the most of some figures.
 *
 * @param median of an even number the mean of the two in the middle
 */
record Figures(double least, double median, double most) {
    /** Of what a contender took for a task; nothing if it knows no such task. */
    static Optional<Figures> of(List<Round> rounds, Task task, String contender, ToDoubleFunction<Measured> figure) {
        return of(rounds.stream()
                .flatMap(round -> round.of(task, contender).stream())
                .mapToDouble(figure)
                .toArray());
    }

    /**
     * Of the ratios of what two contenders took, each within its round.
     *
     * @param task of the first contender
     * @param other the second one's task
     */
    static Optional<Figures> ofRatios(List<Round> rounds, Task task, String contender, Task other, String peer) {
        return of(rounds.stream()
                .filter(round -> round.of(task, contender).isPresent()
                        && round.of(other, peer).isPresent())
                .mapToDouble(round -> round.of(task, contender).orElseThrow().seconds()
                        / round.of(other, peer).orElseThrow().seconds())
                .toArray());
    }

    /** Of any figures; nothing if there are none. */
    static Optional<Figures> of(double... all) {
        if (all.length == 0) {
            return Optional.empty();
        }
        Arrays.sort(all);
        var median = (all[(all.length - 1) / 2] + all[all.length / 2]) / 2;
        return Optional.of(new Figures(all[0], median, all[all.length - 1]));
    }
}
