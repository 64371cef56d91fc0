package dev.ossresilience.error;

/** The answers to questions 1 and 2 for one failed attempt. */
public record Diagnosis(Verdict verdict, Effect effect) {}
