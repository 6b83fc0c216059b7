// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

/** Every step of a stage has its final result (config/schema/stage.json); -1 stands for a run that was just accepted. */
public record StageClosed(String run, int stage) {}
