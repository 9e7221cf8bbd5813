// Stands in for k6: remembers what a script would do, and does nothing.
export const done = [];

export function sleep(seconds) {
  done.push({ sleep: seconds });
}
