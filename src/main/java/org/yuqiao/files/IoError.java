package org.yuqiao.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** The reason of an input or output error; many exceptions of Java name the file only. */
public final class IoError {
  private IoError() {}

  /** The reason as a phrase, such as "permission denied". */
  public static String message(Exception e) {
    Throwable cause = e;
    // Libraries wrap the reason: "I/O error writing PNG file!"
    while (cause.getCause() instanceof IOException inner) {
      cause = inner;
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "it exists and is no folder";
    }
    if (cause instanceof NotDirectoryException) {
      return "it is no folder";
    }
    if (cause instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    if (cause instanceof EOFException) {
      return "it is cut off";
    }
    if (cause instanceof CharacterCodingException) {
      return "it is not valid UTF-8";
    }
    if (cause instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return cause.getMessage() == null ? "input or output failed" : cause.getMessage();
  }
}
