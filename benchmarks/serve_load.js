// The requests of benchmarks/serve_load.py, sent by k6. Every answer is checked.
import http from "k6/http";
import exec from "k6/execution";
import { sleep } from "k6";
import { Counter, Trend } from "k6/metrics";

const base = __ENV.BASE;
const pairs = JSON.parse(open(__ENV.PAIRS)); // [source, translation of the command line]
const badShare = 0.1;
const stops = __ENV.STOPS === "true";

export const options = {
  scenarios: { load: { executor: "constant-vus", vus: Number(__ENV.CONNECTIONS), duration: __ENV.DURATION, gracefulStop: "30s" } },
  summaryTrendStats: ["count", "p(50)", "p(95)", "p(99)", "max"],
  discardResponseBodies: false,
};

const translated = new Counter("translated");
const different = new Counter("different"); // its own source, but another translation than the command line's
const mixedUp = new Counter("mixed_up");
const busy = new Counter("busy");
const stopping = new Counter("stopping");
const refused = new Counter("refused"); // connections after the server has stopped
const lost = new Counter("lost");
const wrong = new Counter("wrong");
const good = new Trend("good_milliseconds");
const badAnswer = new Trend("bad_milliseconds");

const json = { headers: { "Content-Type": "application/json" } };
const post = (path, body, params = json) => http.post(base + path, body, params);
const long = "a".repeat(60000);
const bad = [
  [400, () => post("/translate", '{"text": 5}')],
  [400, () => post("/translate", '{"text": ')],
  [400, () => post("/translate", '{"text": "a", "beam": 99}')],
  [400, () => post("/translate", new Uint8Array([123, 34, 255, 34, 125]).buffer)],
  [400, () => http.get(base + "/models?what=1")],
  [404, () => post("/next", '{"text": "a", "model": "../secret"}')],
  [404, () => http.get(base + "/runs/..%2f..")],
  [405, () => http.get(base + "/translate", { redirects: 0 })],
  [413, () => post("/translate", JSON.stringify({ text: long }))],
  [415, () => post("/translate", "{}", { headers: { "Content-Type": "text/plain" } })],
];

/** Counts an answer that is none of the request's own; true if it was one. */
function isOther(response) {
  if (response.status === 0) {
    (stops && /refused/.test(response.error) ? refused : lost).add(1);
    if (!stops) {
      console.error(response.error);
    }
    sleep(0.2);
  } else if (response.status === 429) {
    busy.add(1);
    sleep(Number(response.headers["Retry-After"]));
  } else if (response.status === 503 && stops) {
    stopping.add(1);
    sleep(0.2);
  } else {
    return false;
  }
  return true;
}

function translate() {
  const [source, expected] = pairs[Math.floor(Math.random() * pairs.length)];
  const response = post("/translate", JSON.stringify({ text: source }));
  if (isOther(response)) {
    return;
  }
  const answer = response.status === 200 ? response.json() : {};
  if (response.status !== 200) {
    wrong.add(1);
    console.error(`${response.status} ${response.body}`);
  } else if (answer.lines.length !== 1 || answer.lines[0].source !== source) {
    mixedUp.add(1);
  } else {
    translated.add(1);
    good.add(response.timings.duration);
    if (answer.text !== expected) {
      different.add(1);
    }
  }
}

function ask() {
  const [status, send] = bad[Math.floor(Math.random() * bad.length)];
  const response = send();
  if (isOther(response)) {
    return;
  }
  badAnswer.add(response.timings.duration);
  if (response.status !== status || response.headers["Content-Type"] !== "application/problem+json") {
    wrong.add(1);
    console.error(`${response.status} instead of ${status}: ${response.body}`);
  }
}

export default function () {
  if (exec.vu.iterationInScenario === 0) {
    sleep(Math.random()); // not all connections in the same millisecond
  }
  if (Math.random() < badShare) {
    ask();
  } else {
    translate();
  }
}
