package dev.ossresilience.testkit.answer;

import dev.ossresilience.error.CatalogueEntry;
import dev.ossresilience.error.ErrorCatalogue;
import java.util.HashMap;
import java.util.Map;

/** The errors whose status, message and detailed code are known from OSS's documentation or its answers. */
public final class KnownErrors {
  private static final Map<String, Failure> BY_CODE = new HashMap<>();

  static {
    // Found wrong with the body: the rest of the connection can't be trusted, so these close it.
    add(400, "RequestTimeout", "0017-00000704", true,
        "Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.");
    add(400, "InvalidDigest", "", true, "The Content-MD5 you specified was invalid.");
    add(400, "InvalidCRC64", "", true, "The x-oss-hash-crc64ecma you specified does not match what we calculated.");
    add(400, "IncompleteBody", "", true, "You did not provide the number of bytes specified by the Content-Length HTTP header.");

    add(203, "CallbackFailed", "0007-00000203", "Error status : -1.OSS can not connect to your callbackUrl, please check it.");
    add(400, "InvalidArgument", "", "Invalid Argument");
    add(400, "InvalidObjectName", "", "The specified object is not valid.");
    add(400, "InvalidTag", "", "The tag you provided is invalid.");
    add(400, "InvalidTargetType", "", "The symbolic's target file type is invalid.");
    add(400, "MalformedXML", "0016-00000608",
        "The XML you provided was not well-formed or did not validate against our published schema.");
    add(400, "InvalidBucketName", "", "The specified bucket is not valid.");
    add(400, "EntityTooLarge", "", "Your proposed upload exceeds the maximum allowed size.");
    add(400, "EntityTooSmall", "0042-00000213", "Your proposed upload smaller than the minimum allowed size.");
    add(400, "InvalidPart", "",
        "One or more of the specified parts could not be found or the specified entity tag might not have matched the part's entity tag.");
    add(400, "InvalidPartOrder", "0042-00000209",
        "The list of parts was not in ascending order. Parts list must specified in order by part number.");
    add(400, "InvalidURI", "", "Couldn't parse the specified URI.");
    add(400, "MissingArgument", "0016-00000502", "Missing Some Required Arguments.");
    add(400, "NotSymlink", "", "The object is not symlink.");
    add(400, "OperationNotSupported", "", "The operation is not supported for this resource");
    add(403, "AccessDenied", "0003-00000001", "You have no right to access this object because of bucket acl.");
    add(403, "AccessKeyIdAndSecurityTokenNotMatch", "", "The OSS access key id and security token you provided does not match.");
    add(403, "AuthorizationHeaderMalformed", "", "The authorization header that you provided is not valid.");
    add(403, "InvalidAccessKeyId", "0002-00000902", "The OSS Access Key Id you provided does not exist in our records.");
    add(403, "InvalidObjectState", "", "The operation is not valid for the object's state.");
    add(403, "InvalidSecurityToken", "", "The security token you provided is invalid.");
    add(403, "RequestTimeTooSkewed", "0002-00000504", "The difference between the request time and the current time is too large.");
    add(403, "SecondLevelDomainForbidden", "", "The bucket you are attempting to access must be addressed using OSS third level domain.");
    add(403, "SecurityTokenExpired", "0002-00000007", "The security token you provided has expired.");
    add(403, "SignatureDoesNotMatch", "0002-00000040",
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.");
    add(404, "NoSuchBucket", "0015-00000101", "The specified bucket does not exist.");
    add(404, "NoSuchKey", "0026-00000001", "The specified key does not exist.");
    add(404, "NoSuchVersion", "", "The specified version does not exist.");
    add(404, "SymlinkTargetNotExist", "", "The symlink target object does not exist.");
    add(405, "MethodNotAllowed", "0003-00000016", "The specified method is not allowed against this resource.");
    add(404, "NoSuchUpload", "0042-00000002",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.");
    add(409, "BucketAlreadyExists", "0015-00000104",
        "The requested bucket name is not available. The bucket namespace is shared by all users of the system."
            + " Please select a different name and try again.");
    add(409, "BucketNotEmpty", "0015-00000301", "The bucket has objects. Please delete them first.");
    add(409, "FileAlreadyExists", "0026-00000002", "The object you specified already exists and can not be overwritten.");
    add(409, "ObjectNotAppendable", "0026-00000017", "The object is not appendable");
    add(409, "PositionNotEqualToLength", "0026-00000016", "Position is not equal to file length");
    add(409, "RestoreAlreadyInProgress", "0026-00000011", "The restore operation is in progress.");
    add(411, "MissingContentLength", "", "You must provide the Content-Length HTTP header.");
    add(412, "PreconditionFailed", "", "At least one of the pre-conditions you specified did not hold.");
    add(416, "InvalidRange", "", "The requested range cannot be satisfied.");
    add(429, "QpsLimitExceeded", "", "Please reduce your request rate.");
    add(500, "InternalError", "0001-00000000", "Please contact the server administrator, oss@service.aliyun.com");
    add(503, "ActiveRequestLimitExceeded", "", "Max active request limit is exceeded");
    add(503, "DownloadTrafficRateLimitExceeded", "0004-00000304", "Please reduce your download request traffic");
    add(503, "MetaOperationQpsLimitExceeded", "", "Qps limit for the meta operation is exceeded");
    add(503, "PartitionQpsLimitted", "0026-00000028", "Partition qps limitted, please retry later");
    add(503, "ServiceUnavailable", "", "Thread pool is almost full, please retry later");
    add(503, "TotalQpsLimitExceeded", "0004-00000302", "Max total qps limit is exceeded");
    add(503, "UploadTrafficRateLimitExceeded", "0004-00000304", "Please reduce your upload request traffic");
  }

  private KnownErrors() {}

  /** The known error, else as the catalogue of error codes has it, else one of status 400 with a message that says who made it up. */
  public static Failure failure(String code) {
    Failure known = BY_CODE.get(code);
    return known != null ? known : fromCatalogue(code);
  }

  private static Failure fromCatalogue(String code) {
    CatalogueEntry entry = ErrorCatalogue.standard().entry(code);
    int status = entry == null || entry.statuses().isEmpty() ? 400 : entry.statuses().get(0);
    String message = entry == null || entry.message().isEmpty() ? "Made up by the simulator." : entry.message();
    String ec = entry == null || entry.ecs().isEmpty() ? "" : entry.ecs().get(0);
    return new Failure(status, code, message, ec, Map.of(), Map.of(), false);
  }

  private static void add(int status, String code, String ec, String message) {
    add(status, code, ec, false, message);
  }

  private static void add(int status, String code, String ec, boolean closes, String message) {
    BY_CODE.put(code, new Failure(status, code, message, ec, Map.of(), Map.of(), closes));
  }
}
