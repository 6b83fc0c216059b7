// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

import java.nio.file.Path;
import java.util.List;

/**
 * The whole site as data: the same for the same seed, edition and scale on every machine.
 *
 * @param seeded makes what is not listed here
 * @param edition of the pool
 * @param scale how much of everything
 * @param domain the Active Directory domain
 * @param topology servers, instances, shares
 * @param people everybody enabled for OCS
 * @param contactLists one for each person, in the same order
 * @param conferences scheduled conferences
 * @param profiles location profiles
 * @param policies meeting, voice and presence policies
 * @param routes of telephone calls
 */
public record OcsSite(
        Seeded seeded,
        Edition edition,
        Scale scale,
        Domain domain,
        Topology topology,
        List<Person> people,
        List<ContactList> contactLists,
        List<Conference> conferences,
        List<LocationProfile> profiles,
        List<Policy> policies,
        List<PhoneRoute> routes) {
    /** Makes the site. */
    public static OcsSite of(long seed, Edition edition, Scale scale) {
        var seeded = new Seeded(seed);
        var domain = Domain.of(seeded);
        var profiles = LocationProfile.all();
        var people = People.of(
                seeded,
                domain,
                scale.users(),
                profiles.stream().map(LocationProfile::name).toList());
        return new OcsSite(
                seeded,
                edition,
                scale,
                domain,
                Topology.of(edition, domain),
                people,
                ContactList.of(seeded, people),
                Conference.of(seeded, people),
                profiles,
                Policy.all(),
                PhoneRoute.all(domain, edition == Edition.STANDARD ? "ocs2007" : "ocsmed"));
    }

    /** The one pool. */
    public Pool pool() {
        return topology.pool();
    }

    /** All servers but the domain controller. */
    public List<Server> servers() {
        return topology.servers();
    }

    /** All SQL Server instances, that for drills last. */
    public List<SqlInstance> instances() {
        return topology.instances();
    }

    /** The shares that this edition has. */
    public List<Share> shares() {
        return topology.shares();
    }

    /** Where OCS is installed on a Standard Edition server, relative to the lab's folder. */
    public Path installRoot() {
        return Topology.installRoot();
    }

    /** The policy that a person is assigned to. */
    public Policy policyOf(Person person, Policy.Kind kind) {
        var choices = policies.stream().filter(policy -> policy.kind() == kind).toList();
        return choices.get(person.number() % choices.size());
    }

    /** The distinguished name of the pool's service, which is the home server of every person. */
    public String homeServerDn() {
        return "CN=LC Services,CN=Microsoft,CN=%s,CN=Pools,%s".formatted(pool().name(), domain.rtcServiceDn());
    }
}
