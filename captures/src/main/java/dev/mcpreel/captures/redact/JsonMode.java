package dev.mcpreel.captures.redact;

import java.util.Set;

/** What an object or an array is, and so what may be secret in it. */
enum JsonMode {
    /** Values are secrets by their names. */
    OPEN,
    /** Every string and number in it is a secret. */
    SECRET,
    /** The {@code properties} of what may be a JSON Schema: an object in it describes a value and is none. */
    PROPERTIES,
    /** The JSON Schema of a secret: what it says of the value stays, values that it gives are secrets. */
    SCHEMA,
    /** As {@link #PROPERTIES}, inside of {@link #SCHEMA}. */
    SCHEMA_PROPERTIES,
    /** In what may be a JSON Schema the lists of members that ask for one another: names, and no values. */
    DEPENDENCIES;

    /** What says nothing about a value but its form, by normalised names. */
    private static final Set<String> DESCRIPTIVE = Set.of(
            "type",
            "title",
            "description",
            "format",
            "pattern",
            "required",
            "$ref",
            "$id",
            "$schema",
            "$comment",
            "$anchor",
            "contentencoding",
            "contentmediatype",
            "minlength",
            "maxlength",
            "minimum",
            "maximum",
            "exclusiveminimum",
            "exclusivemaximum",
            "multipleof",
            "minitems",
            "maxitems",
            "minproperties",
            "maxproperties",
            "xmcpheader");

    private static final Set<String> SCHEMAS = Set.of(
            "items", "prefixitems", "anyof", "oneof", "allof", "not", "if", "then", "else", "additionalproperties");
    private static final Set<String> NAMED_SCHEMAS =
            Set.of("properties", "patternproperties", "$defs", "definitions", "dependentschemas");
    private static final Set<String> NAMED_NAMES = Set.of("dependentrequired", "dependencies");

    /** What a member of this normalised name is, when it is an object or an array. */
    JsonMode member(String name, boolean secretName, boolean object) {
        return switch (this) {
            case SECRET -> SECRET;
            case OPEN -> secretName ? SECRET : object ? openObject(name) : OPEN;
            case PROPERTIES -> secretName ? (object ? SCHEMA : SECRET) : OPEN;
            case DEPENDENCIES -> secretName && object ? SCHEMA : OPEN;
            case SCHEMA_PROPERTIES -> object ? SCHEMA : SECRET;
            case SCHEMA -> inSchema(name, object);
        };
    }

    private static JsonMode openObject(String name) {
        return NAMED_SCHEMAS.contains(name) ? PROPERTIES : NAMED_NAMES.contains(name) ? DEPENDENCIES : OPEN;
    }

    private static JsonMode inSchema(String name, boolean object) {
        if (DESCRIPTIVE.contains(name)) {
            return OPEN;
        }
        if (SCHEMAS.contains(name)) {
            return SCHEMA;
        }
        if (object && NAMED_SCHEMAS.contains(name)) {
            return SCHEMA_PROPERTIES;
        }
        return object && NAMED_NAMES.contains(name) ? DEPENDENCIES : SECRET;
    }

    /** Whether it describes secrets. */
    boolean isSchema() {
        return this == SCHEMA || this == SCHEMA_PROPERTIES;
    }

    /** What an element is, when it is an object or an array. */
    JsonMode element() {
        return this == PROPERTIES || this == DEPENDENCIES ? OPEN : this == SCHEMA_PROPERTIES ? SCHEMA : this;
    }

    /** Whether a string or number of this normalised name is a secret. */
    boolean hides(String name, boolean secretName) {
        return switch (this) {
            case SECRET, SCHEMA_PROPERTIES -> true;
            case OPEN, PROPERTIES, DEPENDENCIES -> secretName;
            case SCHEMA -> !DESCRIPTIVE.contains(name);
        };
    }

    /** Whether a string or number that is an element of an array is a secret. */
    boolean hidesElements() {
        return this == SECRET || this == SCHEMA || this == SCHEMA_PROPERTIES;
    }
}
