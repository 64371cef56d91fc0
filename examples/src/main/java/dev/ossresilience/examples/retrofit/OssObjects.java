package dev.ossresilience.examples.retrofit;

import dev.ossresilience.OssResilience;
import dev.ossresilience.okhttp.OssCallFactory;
import dev.ossresilience.okhttp.OssErrors;
import java.io.IOException;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.Streaming;

/** The objects of a bucket, in Retrofit's terms. A slash in a key goes out as {@code %2F}, which is the same to OSS. */
interface OssObjects {
  @PUT("{key}")
  Call<Void> put(@Path("key") String key, @Body RequestBody bytes);

  /** Without {@code @Streaming} Retrofit would read the whole object into memory. */
  @Streaming
  @GET("{key}")
  Call<ResponseBody> get(@Path("key") String key);

  /** {@code position} is the object's length, 0 if there is none; the answer knows the {@link #nextPosition}. */
  @POST("{key}?append")
  Call<Void> append(@Path("key") String key, @Query("position") long position, @Body RequestBody bytes);

  @DELETE("{key}")
  Call<Void> delete(@Path("key") String key);

  /** Those of a bucket. The client is given plain: it is the factory that signs, repeats and recovers. */
  static OssObjects of(OkHttpClient client, OssResilience oss, String bucket) {
    HttpUrl anyObject = HttpUrl.get(oss.endpoint().urlOf(bucket, "any"));
    return new Retrofit.Builder()
        .baseUrl(anyObject.newBuilder().setPathSegment(anyObject.pathSize() - 1, "").build())
        .callFactory(OssCallFactory.of(client, oss))
        .build()
        .create(OssObjects.class);
  }

  /**
   * Makes a call; an answer that isn't a success becomes an exception that says what OSS said. Retrofit has taken the body out of an
   * error by then, and it has to be put back to be read.
   */
  static <T> Response<T> send(Call<T> call) throws IOException {
    Response<T> response = call.execute();
    ResponseBody error = response.errorBody();
    OssErrors.throwOnError(error == null ? response.raw() : response.raw().newBuilder().body(error).build());
    return response;
  }

  /** Where the object ends after an append. */
  static long nextPosition(Response<?> appended) {
    return Long.parseLong(Objects.requireNonNull(appended.headers().get("x-oss-next-append-position"), "an append tells it"));
  }
}
