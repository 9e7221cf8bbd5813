/** Which upstream serves an exchange, and how a connection to it is made. */
@NullMarked
package dev.mcpreel.proxy.upstream;

import org.jspecify.annotations.NullMarked;
