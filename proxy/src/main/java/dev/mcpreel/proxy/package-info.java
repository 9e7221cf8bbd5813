/** The recording reverse proxy: its façade, its configuration and what it says of itself. */
@NullMarked
package dev.mcpreel.proxy;

import org.jspecify.annotations.NullMarked;
