package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.answer.Xml;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import java.util.List;

/** GetObjectAcl and PutObjectAcl. The ACL is kept and given back; whoever is authenticated may do everything here. */
final class ObjectAcls {
  /** The account that owns all buckets and objects; ids are 16 digits. */
  private static final String OWNER = "1234567890123456";

  private final Lookup lookup;

  ObjectAcls(Store store) {
    this.lookup = new Lookup(store);
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("GetObjectAcl", "GET", Level.OBJECT, request -> lookup.with(request, ObjectAcls::get)).with("acl").maybe("versionId"),
        Operation.of("PutObjectAcl", "PUT", Level.OBJECT, request -> lookup.with(request, object -> put(request, object)))
            .with("acl")
            .maybe("versionId")
            .heeding("x-oss-object-acl"));
  }

  private static Outcome get(StoredObject object) {
    return new Xml()
        .group("AccessControlPolicy", policy -> policy
            .group("Owner", owner -> owner.text("ID", OWNER).text("DisplayName", OWNER))
            .group("AccessControlList", list -> list.text("Grant", object.acl())))
        .answer();
  }

  private static Outcome put(OssRequest request, StoredObject object) {
    String acl = request.header("x-oss-object-acl");
    if (acl == null) {
      return Failure.of("MissingArgument").element("ArgumentName", "x-oss-object-acl");
    }
    Failure refused = ObjectHeaders.refused(request);
    if (refused != null) {
      return refused;
    }
    object.acl(acl);
    return Answer.of(200);
  }
}
