package io.sipwright.javax.sip.message;

import org.jspecify.annotations.Nullable;

/**
 * What a message is made of, and how it's kept small while nobody needs it.
 *
 * <p>Several threads may read a message that nobody changes: whatever is made of its bytes when
 * it's asked for is made under the lock of the message, where the index of its fields is looked at
 * too, for reading may split fields. Without the lock is read only what nobody but a setter
 * changes: the method, the status, and what was {@linkplain QuickReads read straight from the
 * bytes}.
 */
abstract class MessageContent {
  /** So that none of its lines is longer than a reader takes. */
  private static final int LONGEST_FORGOTTEN = 60_000;

  /** Bytes that an array may be too long without being copied for that. */
  private static final int SPARE = 64;

  /** Makes the objects. */
  MessageModel model;

  /**
   * The start line and the headers: {@link HeaderFields}, or their bytes alone, with the body, once
   * the message was told to {@link #forget} what it has read. Volatile because another thread may
   * tell it so.
   */
  private volatile @Nullable Object content;

  /** Of bytes alone, how many count. */
  private int packedLength;

  private @Nullable Body body;

  private @Nullable Object attachment;

  /** Whether somebody has changed it, or may: set once, under the lock of this. */
  private boolean live;

  @SuppressWarnings("this-escape") // a constant, by an override that needs no state
  MessageContent() {
    model = defaultModel();
  }

  /** The model of messages that a program makes by their constructor. */
  protected MessageModel defaultModel() {
    return MessageModel.DEFAULT;
  }

  /** Takes what was read or copied. */
  void adopt(MessageModel model, StartLine start, HeaderFields fields, @Nullable QuickReads quick) {
    this.model = model;
    fields.start = start;
    fields.quick(quick);
    content = fields;
  }

  /** Makes this, a fresh clone, a copy that shares nothing that can change. */
  void copyParts() {
    if (content instanceof HeaderFields fields) {
      content = fields.clone();
    }
    body = body == null ? null : body.clone();
    attachment = null;
  }

  /** Start line and headers, to be read. */
  final HeaderFields fields() {
    return content instanceof HeaderFields known ? known : unfold();
  }

  /** Makes the index anew, of the bytes or of nothing; one for all who ask at the same time. */
  private synchronized HeaderFields unfold() {
    HeaderFields made;
    if (content instanceof HeaderFields known) {
      return known;
    }
    if (content instanceof byte[] bytes) {
      made = Rereading.read(bytes, packedLength, model);
    } else {
      made = new HeaderFields(8);
      made.start = new StartLine();
      made.readAllByObject();
    }
    content = made;
    return made;
  }

  /** Start line and headers, to be changed, or to be shown to somebody who may change them. */
  final HeaderFields liveFields() {
    if (!live) {
      synchronized (this) { // not while it's being forgotten
        live = true;
      }
    }
    return fields();
  }

  /**
   * Drops all that was read of a message and can be read again from its bytes: for one that stays
   * for a while although nobody needs it any more. Nothing that a program can see changes: a
   * message that it has changed, or of which it has got an object that it may change, stays as it
   * is, as does a very long one. May be called while another thread uses the message.
   *
   * @return whether it has forgotten all, and can't have been changed so far
   */
  public final boolean forget() {
    if (live || !(content instanceof HeaderFields)) {
      return !live && content instanceof byte[];
    }
    synchronized (this) {
      if (!live
          && content instanceof HeaderFields f
          && f.isUntouched()
          && isBodyRaw()
          && f.rawLength <= LONGEST_FORGOTTEN) {
        packedLength = f.rawLength;
        f.rawShared = true; // for whoever is reading at this moment
        content = f.raw.length - f.rawLength <= SPARE ? f.raw : f.exactBytes();
        body = null;
      }
      return content instanceof byte[];
    }
  }

  /** Becomes a message of bytes, as if it had forgotten all; false if they're too many. */
  final boolean pack(byte[] bytes, MessageModel maker) {
    if (bytes.length > LONGEST_FORGOTTEN) {
      return false;
    }
    model = maker;
    packedLength = bytes.length;
    content = bytes;
    return true;
  }

  /** The start line, to be read. */
  final StartLine start() {
    return fields().start;
  }

  final Body body() {
    Body known = body;
    if (known == null) {
      known = new Body();
      body = known;
    }
    return known;
  }

  /** Whether the body that will be sent is the one that was received. */
  final boolean isBodyRaw() {
    return body == null || body.isRaw();
  }

  /** The table of constructors that makes this message's headers. */
  public final MessageModel model() {
    return model;
  }

  // --- attachment ---

  /** What the stack has attached, such as the flow a message came on; null if nothing. */
  public final @Nullable Object attachment() {
    return attachment;
  }

  /** Attaches something, or nothing; clones and serialized forms don't have it. */
  public final void attach(@Nullable Object attachment) {
    this.attachment = attachment;
  }
}
