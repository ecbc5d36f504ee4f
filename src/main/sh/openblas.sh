# Sourced by ./yuqiao and .ci/run.
# OpenBLAS selects its kernels by processor model and falls back to the oldest ones for unknown models, at a fifth of
# the speed. Here they are selected by the CPU flags instead.
if [ -z "${OPENBLAS_CORETYPE:-}" ] && grep -qs '^flags.* avx512f .*avx512bw .*avx512vl' /proc/cpuinfo; then
  export OPENBLAS_CORETYPE=SkylakeX
elif [ -z "${OPENBLAS_CORETYPE:-}" ] && grep -qs '^flags.* fma .*avx2' /proc/cpuinfo; then
  export OPENBLAS_CORETYPE=Haswell
fi
