// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Makes the people of the site, with names in four scripts: what a backup must carry through unharmed. */
final class People {
    private static final int FIRST_RID = 1_601;

    private static final List<Names> NAMES = List.of(
            new Names(
                    List.of("Anna", "Bram", "Chloé", "Dieter", "Ewa", "Fátima", "Gitte", "Henk", "Inès", "Jürgen"),
                    List.of("anna", "bram", "chloe", "dieter", "ewa", "fatima", "gitte", "henk", "ines", "juergen"),
                    List.of("de Vries", "Müller", "Nowák", "O'Brien", "Sørensen", "Çelik", "Dupré", "Visser"),
                    List.of("devries", "mueller", "nowak", "obrien", "sorensen", "celik", "dupre", "visser")),
            new Names(
                    List.of("Иван", "Ольга", "Пётр"),
                    List.of("ivan", "olga", "pyotr"),
                    List.of("Волков", "Щукина"),
                    List.of("volkov", "shchukina")),
            new Names(
                    List.of("Ελένη", "Γιώργος"),
                    List.of("eleni", "giorgos"),
                    List.of("Παπαδοπούλου", "Νικολάου"),
                    List.of("papadopoulou", "nikolaou")),
            new Names(List.of("美咲", "健太"), List.of("misaki", "kenta"), List.of("山田", "佐藤"), List.of("yamada", "sato")));

    private static final List<String> DEPARTMENTS =
            List.of("Sales", "Support", "Finance", "Legal", "Development", "Purchasing", "Facilities");

    private People() {}

    static List<Person> of(Seeded seeded, Domain domain, int count, List<String> sites) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> person(seeded, domain, number, sites))
                .toList();
    }

    private static Person person(Seeded seeded, Domain domain, int number, List<String> sites) {
        var random = seeded.random("person " + number);
        // seven of ten names are Latin, so that the other scripts appear in the smallest lab and stay the exception
        var names = NAMES.get(number % 10 < 7 ? 0 : number % 10 - 6);
        var given = random.nextInt(names.given().size());
        var surname = random.nextInt(names.surnames().size());
        return new Person(
                number,
                seeded.guid("person " + number),
                domain.account(FIRST_RID + number),
                names.given().get(given),
                names.surnames().get(surname),
                "%s.%s%d"
                        .formatted(
                                names.asciiGiven().get(given),
                                names.asciiSurnames().get(surname),
                                number),
                domain.dns(),
                pick(random, DEPARTMENTS),
                pick(random, sites),
                Integer.toString(10_000 + number),
                random.nextInt(3) > 0);
    }

    private static <T> T pick(SplittableRandom random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private record Names(
            List<String> given, List<String> asciiGiven, List<String> surnames, List<String> asciiSurnames) {}
}
