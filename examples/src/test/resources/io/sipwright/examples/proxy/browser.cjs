// A telephone as it runs in browsers: JsSIP over a secure WebSocket. Media is make-believe, SIP is not.
//
//   node browser.cjs MODULES URL CA USER     MODULES: the folder with jssip and ws in it; CA: a certificate to trust, in PEM
//
// Says on standard output what happens, a line each, and does what it's told on standard input: "call URI", "hangup", "unregister".
// Answers calls by itself.
'use strict';

const fs = require('fs');
const path = require('path');
const readline = require('readline');

const [modules, url, ca, user] = process.argv.slice(2);
const WebSocket = require(path.join(modules, 'ws'));

const SDP = [
  'v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 0', 'c=IN IP4 127.0.0.1',
  'a=rtpmap:0 PCMU/8000', 'a=setup:actpass', 'a=mid:0', 'a=sendrecv', 'a=rtcp-mux', ''].join('\r\n');

/** As much of WebRTC as JsSIP looks at. */
class PeerConnection extends EventTarget {
  constructor() {
    super();
    this.iceConnectionState = 'new';
    this.iceGatheringState = 'complete';
    this.signalingState = 'stable';
    this.localDescription = null;
    this.remoteDescription = null;
  }
  async createOffer() { return {type: 'offer', sdp: SDP}; }
  async createAnswer() { return {type: 'answer', sdp: SDP}; }
  async setLocalDescription(description) { this.localDescription = description; }
  async setRemoteDescription(description) {
    if (!/^v=0\r?\n[^]*^m=audio /m.test(description.sdp)) {
      throw new Error('no session with audio: ' + description.sdp);
    }
    this.remoteDescription = description;
  }
  addTrack() {}
  getSenders() { return []; }
  getReceivers() { return []; }
  getLocalStreams() { return []; }
  getRemoteStreams() { return []; }
  close() { this.signalingState = 'closed'; }
}

globalThis.window = globalThis;
globalThis.WebSocket = class extends WebSocket {
  constructor(address, protocols) {
    super(address, protocols, {ca: fs.readFileSync(ca), origin: 'https://phone.example'});
  }
};
globalThis.RTCPeerConnection = PeerConnection;
globalThis.RTCSessionDescription = class {
  constructor(description) { Object.assign(this, description); }
};

const JsSIP = require(path.join(modules, 'jssip'));
const say = (text) => process.stdout.write(text + '\n');
const host = new URL(url).host;
const agent = new JsSIP.UA({
  sockets: [new JsSIP.WebSocketInterface(url)],
  uri: `sip:${user}@${host}`,
  session_timers: false,
});
const media = {mediaStream: {getTracks: () => []}};
let current = null;

agent.on('connected', () => say('connected'));
agent.on('registered', (event) => say('registered ' + event.response.status_code));
agent.on('registrationFailed', (event) => say('not registered: ' + event.cause));
agent.on('unregistered', () => say('unregistered'));
agent.on('disconnected', (event) => say('disconnected' + (event.error ? ' by error' : '')));
agent.on('newRTCSession', ({originator, session}) => {
  const which = originator === 'local' ? 'outgoing' : 'incoming';
  current = session;
  session.on('progress', () => say(which + ' rings'));
  session.on('confirmed', () => say(which + ' stands'));
  session.on('ended', (event) => say(`${which} ended by ${event.originator}`));
  session.on('failed', (event) => say(`${which} failed by ${event.originator}: ${event.cause}`));
  if (originator === 'remote') {
    session.answer(media);
  }
});

readline.createInterface({input: process.stdin}).on('line', (line) => {
  const [command, argument] = line.split(' ');
  if (command === 'call') {
    agent.call(argument, media);
  } else if (command === 'hangup') {
    current.terminate();
  } else if (command === 'unregister') {
    agent.unregister();
  }
}).on('close', () => {
  agent.stop();
  setTimeout(() => process.exit(0), 2000).unref();
});

agent.start();
