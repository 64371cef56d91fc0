package dev.ossresilience.model;

/** What somebody else does to the object at some moment. */
enum Foreign {
  NOTHING,
  APPEND_EQUAL_LENGTH,
  APPEND_SHORTER,
  APPEND_LONGER,
  APPEND_TWICE,
  DELETE,
  REPLACE_SHORTER,
  REPLACE_LONGER,
  REPLACE_NORMAL
}
