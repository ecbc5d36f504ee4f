package org.yuqiao.files;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Messages for errors in JSON or YAML text, in place of Jackson's. */
public final class JsonError {
  private static final Pattern DUPLICATE =
      Pattern.compile("Duplicate (?:field|key) \'?([^\']*)\'?");
  private static final Pattern MISSING = Pattern.compile("Missing (?:required )?creator property");
  private static final Pattern NULL =
      Pattern.compile("Null value for creator|Invalid `null` value");

  private static final Pattern NUMBER = Pattern.compile("Malformed numeric value (\\S+)");

  private JsonError() {}

  /** A phrase that names line or key, such as "line 3: key 'steps' occurs twice". */
  public static String message(JsonProcessingException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidInputException refusal) {
        return refusal.getMessage();
      }
    }
    String message = String.valueOf(e.getOriginalMessage());
    Matcher duplicate = DUPLICATE.matcher(message);
    if (duplicate.find()) {
      return where(e) + "key '" + duplicate.group(1) + "' occurs twice";
    }
    Matcher number = NUMBER.matcher(message);
    if (number.find()) {
      return where(e) + number.group(1) + " is not a finite number";
    }
    if (e instanceof JsonEOFException) {
      return where(e) + "it ends before it is complete";
    }
    if (!(e instanceof JsonMappingException mapping)) {
      return where(e) + "it is not well-formed";
    }
    if (message.startsWith("Trailing token")) {
      return where(e) + "something follows the first value";
    }
    String key = key(mapping);
    if (MISSING.matcher(message).find()) {
      return "there is no key '" + key + "'";
    }
    if (NULL.matcher(message).find()) {
      return where(e) + "key '" + key + "' is empty";
    }
    if (mapping instanceof MismatchedInputException mismatched
        && mismatched.getPath().isEmpty()
        && message.startsWith("No content")) {
      return "it is empty";
    }
    return where(e)
        + (key.isEmpty() ? "the value" : "the value of key '" + key + "'")
        + " has another type than expected";
  }

  private static String where(JsonProcessingException e) {
    JsonLocation place = e.getLocation();
    return place == null || place.getLineNr() < 1 ? "" : "line " + place.getLineNr() + ": ";
  }

  /** The path of the wrong value, such as files.settings.yaml or validations[2].loss. */
  private static String key(JsonMappingException e) {
    StringBuilder key = new StringBuilder();
    for (JsonMappingException.Reference part : e.getPath()) {
      if (part.getFieldName() == null) {
        key.append('[').append(part.getIndex()).append(']');
      } else {
        key.append(key.isEmpty() ? "" : ".").append(part.getFieldName());
      }
    }
    return key.toString();
  }
}
