// Translates student/sources.txt with the WebAssembly engine of Firefox Translations and writes student/expected.json:
// for each line the text with float32 weights, and with int8 weights and activations as Firefox runs it.
// Usage: npm install @browsermt/bergamot-translator@0.4.9; node translate_student.cjs
const fs = require("fs");
const path = require("path");
const vm = require("vm");
const zlib = require("zlib");

const FALLBACKS = {
  int8_prepare_a: "int8PrepareAFallback",
  int8_prepare_b: "int8PrepareBFallback",
  int8_prepare_b_from_transposed: "int8PrepareBFromTransposedFallback",
  int8_prepare_b_from_quantized_transposed: "int8PrepareBFromQuantizedTransposedFallback",
  int8_prepare_bias: "int8PrepareBiasFallback",
  int8_multiply_and_add_bias: "int8MultiplyAndAddBiasFallback",
  int8_select_columns_of_b: "int8SelectColumnsOfBFallback",
};

function engine(folder) {
  return new Promise((resolve, reject) => {
    const wasm = fs.readFileSync(path.join(folder, "bergamot-translator-worker.wasm"));
    const Module = {
      instantiateWasm(info, accept) {
        const gemm = Object.fromEntries(
          Object.entries(FALLBACKS).map(([name, own]) => [name, (...args) => Module.asm[own](...args)]));
        WebAssembly.instantiate(wasm, { ...info, wasm_gemm: gemm })
          .then(({ instance }) => accept(instance)).catch(reject);
        return {};
      },
      onRuntimeInitialized: () => resolve(Module),
      onAbort: reject,
      print: console.error,
      printErr: console.error,
    };
    Object.assign(globalThis, { Module, require, __dirname: folder });
    vm.runInThisContext(fs.readFileSync(path.join(folder, "bergamot-translator-worker.js"), "utf8"));
  });
}

function memory(Module, bytes, alignment) {
  const aligned = new Module.AlignedMemory(bytes.length, alignment);
  aligned.getByteArrayView().set(bytes);
  return aligned;
}

function translate(Module, service, model, spm, precision, lines) {
  const config = {
    "beam-size": 1, normalize: 1.0, "word-penalty": 0, "max-length-break": 128, "mini-batch-words": 1024,
    workspace: 128, "max-length-factor": 2.0, "skip-cost": true, "cpu-threads": 0, quiet: true,
    "quiet-translation": true, "gemm-precision": precision, alignment: "soft",
  };
  const yaml = Object.entries(config).map(([key, value]) => `${key}: ${value}\n`).join("");
  const vocabs = new Module.AlignedMemoryList();
  vocabs.push_back(memory(Module, spm, 64));
  const loaded = new Module.TranslationModel(yaml, memory(Module, model, 256), null, vocabs, null);
  return lines.map((line) => {
    const input = new Module.VectorString();
    input.push_back(line);
    const options = new Module.VectorResponseOptions();
    options.push_back({ alignment: false, html: false, qualityScores: false });
    const responses = service.translate(loaded, input, options);
    const text = responses.get(0).getTranslatedText();
    [input, options, responses].forEach((each) => each.delete());
    return text;
  });
}

async function main() {
  const folder = path.join(process.argv[2] || "node_modules/@browsermt/bergamot-translator", "worker");
  const student = path.join(__dirname, "student");
  const gunzip = (name) => zlib.gunzipSync(fs.readFileSync(path.join(student, name)));
  const lines = fs.readFileSync(path.join(student, "sources.txt"), "utf8").trimEnd().split("\n");
  const Module = await engine(path.resolve(folder));
  const spm = gunzip("vocab.zhen.spm.gz");
  const service = new Module.BlockingService({ cacheSize: 0 });
  const float32 = translate(Module, service, gunzip("model.zhen.bin.gz"), spm, "float32", lines);
  const int8 = translate(
    Module, service, gunzip("model.zhen.intgemm.alphas.bin.gz"), spm, "int8shiftAlphaAll", lines);
  const all = lines.map((line, i) => ({ line, float32: float32[i], int8: int8[i] }));
  fs.writeFileSync(path.join(student, "expected.json"), JSON.stringify(all, null, 1) + "\n");
}

main().catch((error) => { console.error(error); process.exit(1); });
