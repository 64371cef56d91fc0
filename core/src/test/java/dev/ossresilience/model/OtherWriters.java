package dev.ossresilience.model;

/** Somebody else who writes to the same object. */
final class OtherWriters {
  private OtherWriters() {}

  static void act(Foreign what, ModelServer server, Sending sending, int salt) {
    ModelObject object = server.object();
    int length = sending.record.length;
    switch (what) {
      case NOTHING -> {}
      case APPEND_EQUAL_LENGTH -> foreignAppend(object, Math.max(1, length), salt);
      case APPEND_SHORTER -> foreignAppend(object, Math.max(1, length / 2), salt);
      case APPEND_LONGER -> foreignAppend(object, length + 1 + salt % 20, salt);
      case APPEND_TWICE -> {
        foreignAppend(object, 1 + length / 2, salt);
        foreignAppend(object, Math.max(1, length), salt + 1);
      }
      case DELETE -> replace(server, 0, true, sending);
      case REPLACE_SHORTER -> replace(server, Math.max(1, object.length() / 2), true, sending);
      case REPLACE_LONGER -> replace(server, Math.min(object.length() + 1 + length, 5L << 30), true, sending);
      case REPLACE_NORMAL -> replace(server, Math.max(1, object.length() + length), false, sending);
    }
  }

  private static void foreignAppend(ModelObject object, int length, int salt) {
    if (object.fits(length)) {
      object.append(ModelObject.FOREIGN, object.length(), Sending.foreign(length, salt));
    }
  }

  /** Nobody can guard against a straggler that arrives when its position has come back: a position names a place in one object only. */
  private static void replace(ModelServer server, long length, boolean appendable, Sending sending) {
    server.settle();
    server.objects.add(new ModelObject(server.objects.size(), appendable, length));
    sending.cost += Trouble.HARD;
  }
}
