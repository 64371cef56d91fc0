package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.answer.Xml;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.request.XmlElement;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/** GetObjectTagging, PutObjectTagging and DeleteObjectTagging. */
final class ObjectTagging {
  private final Lookup lookup;

  ObjectTagging(Store store) {
    this.lookup = new Lookup(store);
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("GetObjectTagging", "GET", Level.OBJECT, request -> lookup.with(request, ObjectTagging::get))
            .with("tagging")
            .maybe("versionId"),
        Operation.of("PutObjectTagging", "PUT", Level.OBJECT, request -> lookup.with(request, object -> put(request, object)))
            .with("tagging")
            .maybe("versionId"),
        Operation.of("DeleteObjectTagging", "DELETE", Level.OBJECT, request -> lookup.with(request, ObjectTagging::delete))
            .with("tagging")
            .maybe("versionId"));
  }

  private static Outcome get(StoredObject object) {
    return new Xml()
        .group("Tagging", tagging -> tagging.group("TagSet", set ->
            object.tags().forEach((key, value) -> set.group("Tag", tag -> tag.text("Key", key).text("Value", value)))))
        .answer();
  }

  private static Outcome put(OssRequest request, StoredObject object) {
    XmlElement root = XmlElement.parse(request.body());
    List<XmlElement> sets = root == null || !root.name().equals("Tagging") ? List.of() : root.children("TagSet");
    if (sets.size() != 1) {
      return Failure.of("MalformedXML");
    }
    SortedMap<String, String> tags = Tags.parse(sets.get(0).children("Tag"));
    if (tags == null) {
      return Failure.of("InvalidTag");
    }
    Failure damaged = WriteChecks.damage(request);
    if (damaged != null) {
      return damaged;
    }
    object.tags(tags);
    return Answer.of(200);
  }

  private static Outcome delete(StoredObject object) {
    object.tags(Collections.emptySortedMap());
    return Answer.of(204);
  }
}
