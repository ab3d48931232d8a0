package io.sipwright.transport;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A TLS engine that tells when the handler that has it is about to make records: senders that make
 * records of their own with the same engine must not do so between that and their being written.
 */
final class WatchedEngine extends SSLEngine {
  private final SSLEngine engine;
  private final Runnable beforeRecords;
  private final Runnable beforeLast;

  /**
   * An engine to be watched.
   *
   * @param beforeRecords called before records are made
   * @param beforeLast called before the close_notify is made
   */
  WatchedEngine(SSLEngine engine, Runnable beforeRecords, Runnable beforeLast) {
    super(engine.getPeerHost(), engine.getPeerPort());
    this.engine = engine;
    this.beforeRecords = beforeRecords;
    this.beforeLast = beforeLast;
  }

  /** The engine itself: what it makes, nobody is told. */
  SSLEngine unwatched() {
    return engine;
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer source, ByteBuffer records) throws SSLException {
    beforeRecords.run();
    return engine.wrap(source, records);
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] sources, ByteBuffer records) throws SSLException {
    beforeRecords.run();
    return engine.wrap(sources, records);
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer records)
      throws SSLException {
    beforeRecords.run();
    return engine.wrap(sources, offset, length, records);
  }

  @Override
  public void closeOutbound() {
    beforeLast.run();
    engine.closeOutbound();
  }

  // ---- all the rest is the engine's

  @Override
  public SSLEngineResult unwrap(ByteBuffer records, ByteBuffer target) throws SSLException {
    return engine.unwrap(records, target);
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer records, ByteBuffer[] targets) throws SSLException {
    return engine.unwrap(records, targets);
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer records, ByteBuffer[] targets, int offset, int length)
      throws SSLException {
    return engine.unwrap(records, targets, offset, length);
  }

  @Override
  public @Nullable Runnable getDelegatedTask() {
    return engine.getDelegatedTask();
  }

  @Override
  public void closeInbound() throws SSLException {
    engine.closeInbound();
  }

  @Override
  public boolean isInboundDone() {
    return engine.isInboundDone();
  }

  @Override
  public boolean isOutboundDone() {
    return engine.isOutboundDone();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return engine.getSupportedCipherSuites();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return engine.getEnabledCipherSuites();
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {
    engine.setEnabledCipherSuites(suites);
  }

  @Override
  public String[] getSupportedProtocols() {
    return engine.getSupportedProtocols();
  }

  @Override
  public String[] getEnabledProtocols() {
    return engine.getEnabledProtocols();
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {
    engine.setEnabledProtocols(protocols);
  }

  @Override
  public SSLSession getSession() {
    return engine.getSession();
  }

  @Override
  public @Nullable SSLSession getHandshakeSession() {
    return engine.getHandshakeSession();
  }

  @Override
  public void beginHandshake() throws SSLException {
    engine.beginHandshake();
  }

  @Override
  public SSLEngineResult.HandshakeStatus getHandshakeStatus() {
    return engine.getHandshakeStatus();
  }

  @Override
  public void setUseClientMode(boolean mode) {
    engine.setUseClientMode(mode);
  }

  @Override
  public boolean getUseClientMode() {
    return engine.getUseClientMode();
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    engine.setNeedClientAuth(need);
  }

  @Override
  public boolean getNeedClientAuth() {
    return engine.getNeedClientAuth();
  }

  @Override
  public void setWantClientAuth(boolean want) {
    engine.setWantClientAuth(want);
  }

  @Override
  public boolean getWantClientAuth() {
    return engine.getWantClientAuth();
  }

  @Override
  public void setEnableSessionCreation(boolean flag) {
    engine.setEnableSessionCreation(flag);
  }

  @Override
  public boolean getEnableSessionCreation() {
    return engine.getEnableSessionCreation();
  }

  @Override
  public SSLParameters getSSLParameters() {
    return engine.getSSLParameters();
  }

  @Override
  public void setSSLParameters(SSLParameters parameters) {
    engine.setSSLParameters(parameters);
  }

  @Override
  public @Nullable String getApplicationProtocol() {
    return engine.getApplicationProtocol();
  }

  @Override
  public @Nullable String getHandshakeApplicationProtocol() {
    return engine.getHandshakeApplicationProtocol();
  }

  @Override
  public void setHandshakeApplicationProtocolSelector(
      BiFunction<SSLEngine, List<String>, String> selector) {
    engine.setHandshakeApplicationProtocolSelector(selector);
  }

  @Override
  public BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
    return engine.getHandshakeApplicationProtocolSelector();
  }
}
