// Reads sentences aloud, one by one: the browser's own Chinese voice where it has one on this machine, else the
// server's. A voice that lives on somebody else's servers is never used: it would send the words there.

const RATES = [
  ["慢", 0.75],
  ["中", 1],
  ["快", 1.25],
];

/** @param see {mark(index or -1), state("silent" | "reading" | "paused"), dumb()} */
export function createSpeaker(see) {
  const sound = new Audio();
  let list = [];
  let at = 0;
  let state = "silent";
  let rate = 1; // index into RATES
  let turn = 0; // a new reading makes callbacks of the one before void
  let dumb = false;

  const voice = () =>
    window.speechSynthesis?.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith("zh"));

  function settle(next) {
    state = next;
    see.state(state);
  }

  function quiet() {
    turn += 1;
    window.speechSynthesis?.cancel();
    sound.pause();
  }

  function read() {
    quiet();
    if (at >= list.length) return end();
    const mine = turn;
    const next = () => {
      if (mine !== turn) return;
      at += 1;
      read();
    };
    settle("reading");
    see.mark(at);
    if (voice()) utter(list[at].says, next);
    else play(list[at].url, next, () => mine === turn && silent());
  }

  function utter(words, next) {
    const utterance = new SpeechSynthesisUtterance(words);
    utterance.voice = voice();
    utterance.lang = "zh-CN";
    utterance.rate = RATES[rate][1];
    utterance.addEventListener("end", next);
    utterance.addEventListener("error", next);
    window.speechSynthesis.speak(utterance);
  }

  function play(url, next, fail) {
    if (!url || dumb) return fail();
    sound.src = url;
    sound.defaultPlaybackRate = sound.playbackRate = RATES[rate][1];
    sound.onended = next;
    sound.onerror = fail;
    sound.play().catch((error) => error.name === "AbortError" || fail());
  }

  /** Nothing can be heard: the words stay on the screen, and the page says so. */
  function silent() {
    if (!dumb) see.dumb();
    dumb = true;
    end();
  }

  function end() {
    quiet();
    see.mark(-1);
    settle("silent");
  }

  return {
    /** Read these: [{says, url}], from the first or another on. */
    read(sentences, from = 0) {
      list = sentences;
      at = from;
      read();
    },
    stop: end,
    get state() {
      return state;
    },
    toggle() {
      if (state === "reading") {
        quiet();
        settle("paused");
      } else {
        if (at >= list.length) at = 0;
        dumb = false;
        read();
      }
    },
    back() {
      at = Math.max(0, at - 1);
      read();
    },
    again() {
      at = 0;
      dumb = false;
      read();
    },
    /** The next speed; returns its name. The sentence under way begins anew in it. */
    faster() {
      rate = (rate + 1) % RATES.length;
      if (state === "reading") read();
      return RATES[rate][0];
    },
  };
}
