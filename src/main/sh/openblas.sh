# Sourced by ./yuqiao and .ci/run.
# OpenBLAS picks its kernels by the processor's model and takes the oldest for one that it does not know: a fifth of the
# speed on processors younger than itself. What the processor can do is known here.
if [ -z "${OPENBLAS_CORETYPE:-}" ] && grep -qs '^flags.* avx512f .*avx512bw .*avx512vl' /proc/cpuinfo; then
  export OPENBLAS_CORETYPE=SkylakeX
elif [ -z "${OPENBLAS_CORETYPE:-}" ] && grep -qs '^flags.* fma .*avx2' /proc/cpuinfo; then
  export OPENBLAS_CORETYPE=Haswell
fi
