// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.TransientFault;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Sorts what a domain controller answers (RFC 4511 appendix A) into the two faults. A refused bind is never tried again:
 * each try counts against the account's lockout threshold.
 */
final class LdapFaults {
    private static final Pattern SUB_CODE = Pattern.compile("data ([0-9a-fA-F]{3,8})");

    /** Active Directory's reasons behind result 49: Win32 error codes in hexadecimal. */
    private static final Map<String, Reason> BIND = Map.of(
            "525", new Reason("there is no such account", "check directory.bindDn"),
            "52e", new Reason("wrong password or unknown account", "check directory.bindDn and directory.password"),
            "530", new Reason("the account may not log on at this time", "check its logon hours"),
            "531", new Reason("the account may not log on from this computer", "check its Log On To list"),
            "532",
                    new Reason(
                            "the account's password has expired",
                            "set a new one and put it where directory.password says"),
            "533", new Reason("the account is disabled", "enable it, or name another in directory.bindDn"),
            "568", new Reason("the account is in too many groups", "name another account in directory.bindDn"),
            "701", new Reason("the account has expired", "extend it, or name another in directory.bindDn"),
            "773", new Reason("the account must change its password first", "log on with it once, or clear that flag"),
            "775", new Reason("the account is locked out", "unlock it, and find out who used a wrong password"));

    private static final Map<ResultCode, Reason> REASONS = Map.of(
            ResultCode.STRONG_AUTH_REQUIRED,
                    new Reason(
                            "asks for a stronger authentication than a password over this connection",
                            "write directory.url as ldaps://, and look at the domain controller's LDAP signing policy"),
            ResultCode.CONFIDENTIALITY_REQUIRED, new Reason("asks for encryption", "write directory.url as ldaps://"),
            ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
                    new Reason(
                            "does not let the account read that",
                            "make the account a member of RTCUniversalReadOnlyAdmins, or name another in directory.bindDn"),
            ResultCode.NO_SUCH_OBJECT,
                    new Reason("knows no such object", "name a domain controller of the domain that holds OCS"),
            ResultCode.REFERRAL,
                    new Reason(
                            "does not hold that part of the directory and refers to another server",
                            "name in directory.url a domain controller of the domain that holds OCS"),
            ResultCode.UNAVAILABLE_CRITICAL_EXTENSION,
                    new Reason(
                            "cannot answer page by page",
                            "name a domain controller in directory.url; control 1.2.840.113556.1.4.319 is needed"),
            ResultCode.SIZE_LIMIT_EXCEEDED,
                    new Reason(
                            "cut the answer short at its size limit",
                            "nothing was kept of it; is MaxPageSize of its LDAP policy below 1000?"),
            ResultCode.OPERATIONS_ERROR, new Reason("refuses to answer", "is the account allowed to search there?"));

    /** What a refused change means; other answers mean the same as for a search. */
    private static final Map<ResultCode, Reason> CHANGES = Map.of(
            ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
                    new Reason(
                            "does not let the account write that",
                            "name in directory.bindDn, for this restore, an account that may: RTCUniversalServerAdmins"
                                    + " for settings, RTCUniversalUserAdmins for users, Domain Admins for accounts"),
            ResultCode.NO_SUCH_OBJECT,
                    new Reason(
                            "knows no such object, or not the one above it or one that it names",
                            "restore first what lies above it and what it refers to"),
            ResultCode.NO_SUCH_ATTRIBUTE,
                    new Reason("no longer has a value that was to go", "somebody changed it: look at it again"),
            ResultCode.ATTRIBUTE_OR_VALUE_EXISTS,
                    new Reason("has a value already that was to be added", "somebody changed it: look at it again"),
            ResultCode.ENTRY_ALREADY_EXISTS,
                    new Reason("has an object of that name", "somebody made it: look at it again"),
            ResultCode.NOT_ALLOWED_ON_NONLEAF,
                    new Reason("keeps what has objects below it", "delete first what lies below it"),
            ResultCode.CONSTRAINT_VIOLATION,
                    new Reason(
                            "finds a value that breaks a rule",
                            "restore first what it refers to; is another object's name or address the same?"),
            ResultCode.UNWILLING_TO_PERFORM,
                    new Reason("refuses to change that", "its text says why; some attributes it alone may write"),
            ResultCode.OBJECT_CLASS_VIOLATION,
                    new Reason(
                            "finds attributes missing, or too many, for the object's class",
                            "is the schema prepared for OCS 2007 R2?"));

    private static final Map<ResultCode, String> PASSING = Map.of(
            ResultCode.BUSY, "is busy",
            ResultCode.UNAVAILABLE, "is shutting down or not ready yet",
            ResultCode.TIME_LIMIT_EXCEEDED, "ran into its own time limit",
            ResultCode.ADMIN_LIMIT_EXCEEDED, "ran into an administrative limit",
            ResultCode.TIMEOUT, "did not answer in time",
            ResultCode.CONNECT_ERROR, "cannot be reached",
            ResultCode.SERVER_DOWN, "closed the connection");

    private final String server;

    /** Faults of one server, named as the site file names it. */
    LdapFaults(String server) {
        this.server = server;
    }

    private record Reason(String what, String hint) {}

    /**
     * The fault of an answer.
     *
     * @param doing what was wanted, e.g. {@code bind as CN=svc-backup,DC=ocs,DC=lab}
     */
    StepFault of(LDAPException error, String doing) {
        var tls = TlsFaults.of(error, server);
        if (tls.isPresent()) {
            return tls.get();
        }
        var code = error.getResultCode();
        if (code.equals(ResultCode.INVALID_CREDENTIALS)) {
            return bindRefused(error, doing);
        }
        var reason = REASONS.get(code);
        if (reason != null) {
            return new PermanentFault(said(error, doing, reason.what()), reason.hint(), error);
        }
        var passing = PASSING.get(code);
        if (passing != null) {
            return new TransientFault(
                    said(error, doing, passing),
                    "is the domain controller up, and may this host reach it? directory.url names it",
                    error);
        }
        return new PermanentFault(
                said(error, doing, "answered " + code.getName()), "look into the domain controller's event log", error);
    }

    /**
     * The fault of an answer to a change.
     *
     * @param doing what was wanted, e.g. {@code modify CN=..}
     */
    StepFault ofChange(LDAPException error, String doing) {
        var reason = CHANGES.get(error.getResultCode());
        return reason == null
                ? of(error, doing)
                : new PermanentFault(said(error, doing, reason.what()), reason.hint(), error);
    }

    private StepFault bindRefused(LDAPException error, String doing) {
        var data = subCode(error);
        var reason = data.map(BIND::get)
                .orElse(new Reason("wrong account or password", "check directory.bindDn and directory.password"));
        var code = data.map(sub -> "49, data " + sub).orElse("49");
        return new PermanentFault(
                "%s: %s refused: %s (LDAP %s)".formatted(server, doing, reason.what(), code), reason.hint(), error);
    }

    private static Optional<String> subCode(LDAPException error) {
        var match = SUB_CODE.matcher(String.valueOf(error.getDiagnosticMessage()));
        return match.find() ? Optional.of(match.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private String said(LDAPException error, String doing, String what) {
        var diagnostic = error.getDiagnosticMessage();
        var words = diagnostic == null ? rootCause(error) : diagnostic.strip();
        return "%s: %s: the server %s (LDAP %d%s)"
                .formatted(server, doing, what, error.getResultCode().intValue(), words.isEmpty() ? "" : ": " + words);
    }

    private static String rootCause(Throwable error) {
        var last = error;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last == error ? "" : last.getClass().getSimpleName() + " " + last.getMessage();
    }
}
