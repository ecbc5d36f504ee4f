"""ONNX Runtime as a contestant of `translate_peers.py`: greedy search with the graphs of `export --format onnx`.

Every sentence is translated into --length tokens; keys and values stay in the runtime's arrays. Needs onnxruntime and
numpy.
"""

import json

import numpy
import onnxruntime

from interleaved import peak_memory, peer_arguments, serve

PAD, BOS, EOS, UNK = 0, 1, 2, 3


class Peer:
    def __init__(self, arguments):
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = arguments.threads
        settings.inter_op_num_threads = 1
        self.encoder, self.decoder = (
            onnxruntime.InferenceSession(f"{arguments.weights}/{part}.onnx", settings, ["CPUExecutionProvider"])
            for part in ("encoder", "decoder")
        )
        self.length = arguments.length
        self.cross = [one.name for one in self.decoder.get_inputs() if ".cross." in one.name]
        self.past = [one for one in self.decoder.get_inputs() if one.name.startswith("past.")]
        self.outputs = ["logProbabilities"] + [one.name.replace("past.", "present.") for one in self.past]

    def translate(self, sources):
        """The most probable tokens [B, length] of sources [B, S], which have no <eos>."""
        value = onnxruntime.OrtValue.ortvalue_from_numpy
        ids = numpy.pad(sources, ((0, 0), (0, 1)), constant_values=EOS)
        given = {"source": value(ids), "sourceMask": value(numpy.ones(ids.shape, numpy.float32))}
        inputs = dict(zip(self.cross, self.encoder.run_with_ort_values(self.cross, given)))
        inputs["sourceMask"] = given["sourceMask"]
        for one in self.past:
            shape = [len(ids), one.shape[1], 0, one.shape[3]]
            inputs[one.name] = value(numpy.zeros(shape, numpy.float32))
        found = [numpy.full(len(ids), BOS)]
        for t in range(self.length):
            inputs["tokens"] = value(found[-1][:, None])
            inputs["position"] = value(numpy.array([t]))
            step = self.decoder.run_with_ort_values(self.outputs, inputs)
            scores = step[0].numpy().reshape(len(ids), -1)
            scores[:, [PAD, BOS, EOS, UNK]] = -numpy.inf
            found.append(scores.argmax(1))
            inputs.update(zip((one.name for one in self.past), step[1:]))
        return numpy.stack(found[1:], 1)


def main():
    parser = peer_arguments(__doc__, "written by `export --format onnx`")
    arguments = parser.parse_args()
    if arguments.beam != 1:
        parser.error("the graphs of `export --format onnx` are searched greedily: --beam 1")
    peer = Peer(arguments)
    work = json.load(open(arguments.folder + "/benchmark.json"))
    sources = numpy.array(work["sources"][: arguments.limit] if arguments.limit else work["sources"])
    size = 1 if arguments.batch == 1 else len(sources)

    def translate():
        return [row for at in range(0, len(sources), size) for row in peer.translate(sources[at : at + size]).tolist()]

    times, found = serve(translate, arguments.warm_up)
    version = "ONNX Runtime " + onnxruntime.__version__
    print(json.dumps({"version": version, "way": "", "peakMemoryBytes": peak_memory(), "translations": found}))


if __name__ == "__main__":
    main()
