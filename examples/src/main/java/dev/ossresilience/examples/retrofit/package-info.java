/** Objects by a Retrofit interface. */
@NullMarked
package dev.ossresilience.examples.retrofit;

import org.jspecify.annotations.NullMarked;
