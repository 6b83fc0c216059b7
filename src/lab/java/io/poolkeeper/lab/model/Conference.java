// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * One scheduled conference: a row in rtc, an element in the user data, a folder in the meeting shares.
 *
 * @param id the conference's GUID
 * @param organizer who scheduled it
 * @param subject as the organizer typed it, any script
 * @param pstnId the number to type when dialling in
 * @param created local time of the server
 * @param expires local time of the server; the content is deleted after it
 */
public record Conference(
        UUID id, Person organizer, String subject, int pstnId, LocalDateTime created, LocalDateTime expires) {
    private static final List<String> SUBJECTS = List.of(
            "Weekly planning",
            "Präsentation: Budget 2010",
            "会議の資料",
            "Отчёт за квартал",
            "Σύσκεψη",
            "Design <review> & test");

    /** One conference for every four people. */
    static List<Conference> of(Seeded seeded, List<Person> people) {
        return IntStream.rangeClosed(1, Math.max(2, people.size() / 4))
                .mapToObj(number -> conference(seeded, people, number))
                .toList();
    }

    private static Conference conference(Seeded seeded, List<Person> people, int number) {
        var random = seeded.random("conference " + number);
        var created = LocalDateTime.of(2010, 1, 4, 8, 0).plusMinutes(random.nextInt(300_000));
        return new Conference(
                seeded.guid("conference " + number),
                people.get(random.nextInt(people.size())),
                SUBJECTS.get(number % SUBJECTS.size()) + " " + number,
                100_000 + number,
                created,
                created.plusDays(14L + random.nextInt(180)));
    }

    /** The folder of its content in the meeting shares. */
    public String folder() {
        return id.toString().replace("-", "");
    }
}
