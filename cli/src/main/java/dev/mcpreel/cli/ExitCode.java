package dev.mcpreel.cli;

/** What the process exits with. Where several apply the first of 2, 1, 6, 4, 3, 5 wins. */
enum ExitCode {
    OK(0),
    FAILED(1),
    USAGE(2),
    THRESHOLD(3),
    REGRESSION(4),
    INCONCLUSIVE(5),
    INVALID_RUN(6);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
