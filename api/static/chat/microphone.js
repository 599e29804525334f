// One utterance from the microphone: recorded in small pieces, which go to the server while they are spoken.
// Without a WebSocket (some county proxies let none through) the whole recording is uploaded at the end.

import { language, t } from "./words.js";

const KINDS = [
  ["audio/webm;codecs=opus", "webm"],
  ["audio/ogg;codecs=opus", "ogg"],
  ["audio/mp4", "mp4"],
];
const PIECE = 100; // ms
const LONGEST = 58_000; // ms; the server takes a minute
const PATIENCE = 60_000; // ms for the words after the last sound

/** Whether this browser can record here: old ones and plain http cannot. */
export const canRecord = () =>
  Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder && kindOf());

const kindOf = () => KINDS.find(([type]) => MediaRecorder.isTypeSupported(type));

/**
 * Start to record. Resolves when the microphone is open.
 * @param see {level(0..1), partial(text), said(message), failed(message)}; said or failed comes once
 */
export async function record({ handsFree, dialect }, see) {
  const sound = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
  });
  const [type, format] = kindOf();
  const recorder = new MediaRecorder(sound, { mimeType: type, audioBitsPerSecond: 32_000 });
  const pieces = [];
  let over = false;
  const socket = open({ format, dialect: dialect || null, hands_free: handsFree, language }, pieces, heard);
  const stopMeter = meter(sound, see.level);
  const limit = setTimeout(stop, LONGEST);
  let patience = 0;

  recorder.addEventListener("dataavailable", async ({ data }) => {
    if (!data.size) return;
    pieces.push(data);
    socket.send();
  });
  recorder.addEventListener("stop", () => {
    release();
    patience = setTimeout(() => done("failed", t("等了很久没有结果，请再说一遍，或者打字。")), PATIENCE);
    if (!over) socket.end() || upload();
  });
  recorder.start(PIECE);

  function heard(message) {
    if (over) return;
    if (message.type === "partial") see.partial(message.partial);
    if (message.type === "final" && (message.last || (handsFree && message.outcome === "heard"))) done("said", message);
    if (message.type === "error" || message.type === "busy") done("failed", message.message);
    if (message.type === "closed" && recorder.state === "inactive") upload();
  }

  async function upload() {
    if (over) return;
    try {
      const query = new URLSearchParams({ hands_free: handsFree, ...(dialect && { dialect }) });
      const response = await fetch(`/api/v1/speech?${query}`, {
        method: "POST",
        headers: { "Content-Type": type, "Accept-Language": language },
        body: new Blob(pieces, { type }),
      });
      const body = await response.json();
      if (response.ok) done("said", body);
      else done("failed", body.error.message);
    } catch {
      done("failed", t("没有连上网。请再说一遍，或者打字。"));
    }
  }

  function done(how, what) {
    if (over) return;
    over = true;
    clearTimeout(patience);
    socket.close();
    if (recorder.state !== "inactive") recorder.stop();
    see[how](what);
  }

  function stop() {
    if (recorder.state !== "inactive") recorder.stop();
  }

  function release() {
    clearTimeout(limit);
    stopMeter();
    for (const track of sound.getTracks()) track.stop();
  }

  return {
    stop,
    cancel() {
      over = true;
      socket.close();
      stop();
    },
  };
}

/** A socket that sends what is in `pieces`, in order, from the moment the server is ready. */
function open(start, pieces, onMessage) {
  let ready = false;
  let ended = false;
  let dead = false;
  let sent = 0;
  let sending = Promise.resolve();
  const socket = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}/api/v1/speech`);
  socket.addEventListener("open", () => socket.send(JSON.stringify({ start })));
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === "ready") {
      ready = true;
      flush();
    }
    onMessage(message);
  });
  socket.addEventListener("close", () => {
    dead = true;
    onMessage({ type: "closed" });
  });

  function flush() {
    sending = sending.then(async () => {
      while (ready && !dead && sent < pieces.length) socket.send(await pieces[sent++].arrayBuffer());
      if (ready && !dead && ended) socket.send('{"eof": 1}');
    });
  }

  return {
    send: flush,
    /** False when the line is dead: then the recording has to go another way. */
    end() {
      ended = true;
      flush();
      return !dead;
    },
    close: () => socket.close(),
  };
}

function meter(sound, onLevel) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(sound).connect(analyser);
  const samples = new Uint8Array(analyser.fftSize);
  let frame = 0;
  const look = () => {
    analyser.getByteTimeDomainData(samples);
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample - 128)), 0);
    onLevel(Math.min(1, loudest / 96));
    frame = requestAnimationFrame(look);
  };
  look();
  return () => {
    cancelAnimationFrame(frame);
    context.close();
    onLevel(0);
  };
}
