// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.compare;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a walk through a folder found.
 *
 * @param files by path relative to the folder, with slashes
 * @param folders all folders below it
 * @param emptyFolders those that hold nothing
 */
record Tree(Map<String, FileFacts> files, Set<String> folders, Set<String> emptyFolders) {
    static Tree of(Path root) throws IOException {
        var files = new TreeMap<String, FileFacts>();
        var folders = new TreeSet<String>();
        var empty = new TreeSet<String>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                folders.add(name(folder));
                // until something is found in it
                empty.add(name(folder));
                empty.remove(parent(folder));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                empty.remove(parent(file));
                files.put(name(file), new FileFacts(file, attributes.size(), attributes.lastModifiedTime()));
                return FileVisitResult.CONTINUE;
            }

            private String name(Path path) {
                return root.relativize(path).toString().replace(File.separatorChar, '/');
            }

            private String parent(Path path) {
                return path.equals(root) ? "" : name(path.resolveSibling(""));
            }
        });
        folders.remove("");
        empty.remove("");
        return new Tree(files, folders, empty);
    }
}
