// What was found, a line each, and the count at the end.

/** Counts what passed and what failed; with `quiet` only a failure is printed. */
export class Findings {
    passed = 0;
    failed = 0;
    #quiet;

    constructor(quiet) {
        this.#quiet = quiet;
    }

    /** One finding: `wrong` lists what speaks against it. */
    find(name, wrong) {
        if (wrong.length === 0) {
            this.passed++;
            this.note(`ok    ${name}`);
        } else {
            this.failed++;
            console.log(`FAIL  ${name}\n      ${wrong.join('\n      ')}`);
        }
    }

    note(line) {
        if (!this.#quiet) {
            console.log(line);
        }
    }
}
