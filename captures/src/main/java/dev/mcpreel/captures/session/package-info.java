/** Events into transport sessions, requests and agent sessions. */
@NullMarked
package dev.mcpreel.captures.session;

import org.jspecify.annotations.NullMarked;
