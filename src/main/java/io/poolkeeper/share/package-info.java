/**
 * File shares by the method {@code archive}: found, captured, verified, restored into a sandbox.
 *
 * <p>A capture is one pass: {@code Walk} goes through a {@code FileTree} in path order, {@code Previous} is the last list
 * in the same order, {@code Lanes} read, hash and compress what is new on every core, {@code FileListWriter} writes the
 * list in that order again. Nothing here grows with the number of files but the files in the vault.
 *
 * <p>What it leaves: ZIP segments that any tool opens, and {@code files.jsonl.gz}, the whole state of the share with the
 * place of each file's bytes in this or an earlier set (config/schema/file.json).
 *
 * <p>May import: schema, catalogue, site, step, set, tool.
 */
@NullMarked
package io.poolkeeper.share;

import org.jspecify.annotations.NullMarked;
