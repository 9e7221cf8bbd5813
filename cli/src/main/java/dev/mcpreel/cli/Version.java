package dev.mcpreel.cli;

import picocli.CommandLine.IVersionProvider;

/** The product's version as its jar states it. */
final class Version implements IVersionProvider {
    static String product() {
        String version = Version.class.getPackage().getImplementationVersion();
        return "mcp-reel " + (version == null ? "development" : version);
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            product(), "Java " + System.getProperty("java.version") + ", " + System.getProperty("java.vendor")
        };
    }
}
