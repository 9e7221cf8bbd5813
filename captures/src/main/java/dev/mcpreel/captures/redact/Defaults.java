package dev.mcpreel.captures.redact;

import java.util.List;
import java.util.Set;

/** The names that stand for secrets unless told otherwise, as docs/REDACTION.md lists them: normalised, see {@link Names}. */
final class Defaults {
    /** Changes with the lists, and stands in the manifest. */
    static final int VERSION = 1;

    /** Members, fields, parameters and headers of these names; a leading {@code *} stands for any beginning. */
    static final List<String> KEYS = List.of(
            "*password",
            "*passwd",
            "*pwd",
            "passcode",
            "pass",
            "passwords",
            "*passphrase",
            "*secret",
            "secrets",
            "secretstring",
            "*token",
            "*apikey",
            "apikeys",
            "*accountkey",
            "sharedkey",
            "xauthkey",
            "ddapplicationkey",
            "xparsemasterkey",
            "*privatekey",
            "*secretkey",
            "*secretkeybase",
            "*accesskey",
            "*signingkey",
            "*encryptionkey",
            "*subscriptionkey",
            "xfunctionskey",
            "*credential",
            "*credentials",
            "*sessionid",
            "phpsessid",
            "*requeststate",
            "*authorization",
            "cookie",
            "cookie2",
            "cookies",
            "setcookie",
            "bearer",
            "dpop",
            "xauth",
            "jwt",
            "*assertion",
            "xamznoidcdata",
            "samlresponse",
            "codeverifier",
            "devicecode",
            "usercode",
            "authorizationcode",
            "authcode",
            "otp",
            "totp",
            "mnemonic",
            "recoverycodes",
            "verificationcode",
            "*connectionstring");

    /** In queries and form bodies only: elsewhere they have other meanings, such as the code of a JSON-RPC error. */
    static final Set<String> QUERY_KEYS = Set.of(
            "code",
            "key",
            "auth",
            "sid",
            "sig",
            "signature",
            "ticket",
            "xamzsignature",
            "xamzcredential",
            "xgoogsignature");

    /** What ends as a secret's name does and is none: places in a list, and the signs of language models. */
    static final Set<String> NEVER = Set.of(
            "progresstoken",
            "pagetoken",
            "nextpagetoken",
            "prevpagetoken",
            "previouspagetoken",
            "nexttoken",
            "starttoken",
            "continuationtoken",
            "paginationtoken",
            "synctoken",
            "nextsynctoken",
            "canceltoken",
            "cancellationtoken",
            "resumptiontoken",
            "eostoken",
            "bostoken",
            "padtoken",
            "unktoken",
            "septoken",
            "clstoken",
            "masktoken",
            "stoptoken",
            "pertoken");

    private Defaults() {}
}
