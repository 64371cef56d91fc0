/** The binding for OkHttp: {@link dev.ossresilience.okhttp.OssRetryInterceptor}. */
@NullMarked
package dev.ossresilience.okhttp;

import org.jspecify.annotations.NullMarked;
