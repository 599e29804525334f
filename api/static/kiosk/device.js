// The sign of life of a registered machine: every minute, with the state of the microphone.

import { send } from "../chat/net.js";

const EVERY = 60_000; // ms

async function microphone() {
  const devices = navigator.mediaDevices;
  if (!devices?.getUserMedia) return "missing";
  const inputs = (await devices.enumerateDevices()).filter(({ kind }) => kind === "audioinput");
  if (!inputs.length) return "missing";
  try {
    const { state } = await navigator.permissions.query({ name: "microphone" });
    return { granted: "ok", denied: "denied" }[state] ?? "unknown";
  } catch {
    return "unknown"; // browsers that cannot be asked
  }
}

async function beat() {
  const body = { microphone: await microphone() };
  try {
    await send("/api/v1/kiosk/heartbeat", body);
  } catch {
    // no network, or no longer registered: the desk sees that the machine is late
  }
}

export function keepInTouch(registered) {
  if (!registered) return;
  beat();
  setInterval(beat, EVERY);
}
