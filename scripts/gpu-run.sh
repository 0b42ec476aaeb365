#!/usr/bin/env bash
# Runs the suite on a GPU through WebGPU, on a machine that needs neither Node nor a network.
#
#   scripts/gpu-run.sh pack [archive]    here: everything that is needed, in one archive
#   tar xf touchstone-gpu.tar.gz && touchstone-gpu/gpu-run.sh [folder]    there
#
# The archive holds Node, the bundle, Dawn and the Vulkan loader; the machine needs Linux on x64 and
# the driver of its GPU. There it checks the whole suite and keeps the report, and measures
# the operations beside PyTorch on the same GPU, where Python has it, in float32 and with TF32; and it
# checks PyTorch on CUDA and JAX as they are, and with TF32 forbidden by NVIDIA_TF32_OVERRIDE=0.
# VK_ICD_FILENAMES chooses another Vulkan driver, RUNS the cases a property, JOBS the processes,
# PYTHON the interpreter, CLAUSE what is checked, OPERATION what is measured, and STEPS some of: suite
# libraries bench.
set -Eeuo pipefail
# Nothing fails without a word.
trap 'echo "gpu-run: line $LINENO failed: $BASH_COMMAND" >&2' ERR
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() { echo "gpu-run: $*" >&2; exit 1; }

# The Vulkan loader of this system, or of Debian's package where the system has none.
loader() {
  local found unpacked
  # awk reads to the end: were it to leave first, ldconfig could die of its broken pipe.
  found=$({ ldconfig -p || true; } | awk '/libvulkan\.so\.1 .*x86-64/ && !found { found = $NF } END { print found }')
  if [ -n "$found" ]; then cp -L "$found" "$1/libvulkan.so.1"; return; fi
  unpacked=$(mktemp -d)
  (cd "$unpacked" && apt-get download libvulkan1 >/dev/null && dpkg -x libvulkan1_*.deb .) ||
    fail 'there is no Vulkan loader here, and apt-get download libvulkan1 failed'
  cp -L "$unpacked"/usr/lib/x86_64-linux-gnu/libvulkan.so.1 "$1/libvulkan.so.1"
  rm -rf "$unpacked"
}

# The packages that a run needs, without what only other systems or a build would use.
packages() {
  # npm finds fault with packages that were not saved, or are missing and optional; it lists the others all the same.
  { npm ls --omit=dev --omit=optional --all --parseable 2>/dev/null || true; } | tail -n +2 |
    sed "s#^$PWD/##" | grep -vE '^node_modules/(esbuild|@esbuild|onnxruntime|@types|@webgpu|core-js)' |
    while read -r package; do
      [ -d "$package" ] || continue
      mkdir -p "$1/$(dirname "$package")"
      cp -a "$package" "$1/$(dirname "$package")/"
    done
  find "$1/node_modules/webgpu/dist" -mindepth 1 -maxdepth 1 ! -name linux-x64 -exec rm -r {} +
  find "$1/node_modules" \( -name '*.map' -o -name '*.d.ts' -o -name '*.md' -o -name '*.min.js' \
    -o -name '*.fesm.js' -o -name '*.es2017.js' \) -type f -delete
}

pack() {
  cd "$here/.."
  [ "$(uname -sm)" = 'Linux x86_64' ] || fail 'packs on Linux on x64 only'
  [ -d node_modules ] || fail 'npm ci comes first'
  local archive app
  archive=$(realpath -m "${1:-touchstone-gpu.tar.gz}")
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  app=$work/touchstone-gpu/app
  mkdir -p "$app/conformance/cli" "$work/touchstone-gpu/bin" "$work/touchstone-gpu/lib"
  echo 'bundling'
  node scripts/build.js
  npx esbuild scripts/bench-operations.ts --bundle --packages=external --format=esm \
    --platform=node --target=node20 --log-level=error --outfile="$app/bench.mjs"
  # The report quotes sources; a command that finds them newer than the bundle would build again.
  cp -a package.json spec reference impl conformance "$app/"
  cp -a dist "$app/" && touch "$app"/dist/*.js
  packages "$app"
  cp -L "$(node -p process.execPath)" "$work/touchstone-gpu/bin/node"
  strip "$work/touchstone-gpu/bin/node" 2>/dev/null || true
  loader "$work/touchstone-gpu/lib"
  cp "$here/gpu-run.sh" "$work/touchstone-gpu/"
  git rev-parse HEAD > "$work/touchstone-gpu/commit" 2>/dev/null || true
  echo "packing $archive"
  tar caf "$archive" -C "$work" touchstone-gpu
  du -h "$archive" | cut -f1
}

# Descriptions of NVIDIA's Vulkan driver: those of the system, then ones written for its libraries.
# The one for EGL works without the libraries of X, which a machine without a screen may lack.
drivers() {
  ls /{usr/share,etc,usr/local/nvidia/share}/vulkan/icd.d/nvidia_icd*.json 2>/dev/null || true
  local library path
  for library in libGLX_nvidia.so.0 libEGL_nvidia.so.0; do
    path=$({ ldconfig -p 2>/dev/null || true; } | awk -v l="$library" '$1 == l && !found { found = $NF } END { print found }')
    # Not all of these folders need to be there.
    path=${path:-$(find /usr/lib /usr/lib64 /usr/local/nvidia /usr/local/lib -name "$library" -print -quit 2>/dev/null || true)}
    [ -n "$path" ] || continue
    printf '{"file_format_version":"1.0.0","ICD":{"library_path":"%s","api_version":"1.3.0"}}\n' \
      "$path" > "$1/${library%%.*}.json"
    echo "$1/${library%%.*}.json"
  done
  ls /usr/share/vulkan/icd.d/*.json 2>/dev/null | grep -v -e nvidia -e lvp || true
}

# Whether WebGPU works with the driver that is chosen; prints what it finds.
works() {
  "$here/bin/node" "$here/app/conformance/cli/touchstone.js" doctor --json |
    "$here/bin/node" -e '
      const { devices } = JSON.parse(require("fs").readFileSync(0, "utf8"))
      const { usable, description, reason } = devices.find(({ device }) => device === "webgpu")
      console.log(usable ? description : reason)
      process.exit(usable && (process.argv[1] || /\(GPU\)/.test(description)) ? 0 : 1)' "$1"
}

# Checks an implementation, whose first answers wait until shaders are compiled, and keeps its report and what it said in a folder of this name.
check() {
  local name=$1; shift
  echo "$name"
  "$here/bin/node" "$here/app/conformance/cli/touchstone.js" run "$@" ${RUNS:+--runs "$RUNS"} \
    --clause "${CLAUSE:-*}" --case-timeout 120 \
    --jobs "${JOBS:-4}" --report "$out/$name" > "$out/$name.txt" 2>&1
}

run() {
  [ -x "$here/bin/node" ] || fail 'this is no unpacked archive; scripts/gpu-run.sh pack makes one'
  local out=${1:-touchstone-gpu-report} chosen=${VK_ICD_FILENAMES:-} driver status=0
  mkdir -p "$out"; out=$(cd "$out" && pwd)
  # The driver of NVIDIA keeps compiled shaders for the other processes of a run, for root only if told so.
  export __GL_SHADER_DISK_CACHE=1 __GL_SHADER_DISK_CACHE_PATH=${TMPDIR:-/tmp}
  export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
  { cat "$here/commit"; nvidia-smi 2>&1; } > "$out/machine.txt" || true
  if [ -n "$chosen" ]; then
    works any || fail "WebGPU does not work with $chosen"
  else
    for driver in $(drivers "$out"); do
      export VK_ICD_FILENAMES=$driver
      if works ''; then chosen=$driver; break; fi
    done
    [ -n "$chosen" ] || fail 'no Vulkan driver of a GPU works here. In a container, the driver must be
  given with its graphics part (NVIDIA_DRIVER_CAPABILITIES=all)'
  fi
  local steps=" ${STEPS:-suite libraries bench} " python=${PYTHON:-python3}
  case $steps in *' suite '*) check webgpu --device webgpu || status=$? ;; esac
  case $steps in *' libraries '*)
    export TOUCHSTONE_PYTHON=$python
    # What a library computes otherwise than the formulas is what these runs are for: it fails nothing.
    check pytorch-cuda --implementation pytorch:cuda || true
    NVIDIA_TF32_OVERRIDE=0 check pytorch-cuda-float32 --implementation pytorch:cuda || true
    check jax --implementation jax || true
    NVIDIA_TF32_OVERRIDE=0 check jax-float32 --implementation jax || true ;;
  esac
  case $steps in *' bench '*)
    (cd "$here/app" && "$here/bin/node" bench.mjs --device webgpu --seconds "${SECONDS_EACH:-1}" \
      --python "$python" --operation "${OPERATION:-}" --json "$out/bench.json") |
      tee "$out/bench.txt" || status=$? ;;
  esac
  echo "kept in $out"
  return "$status"
}

case "${1:-}" in
  pack) shift; pack "$@" ;;
  -h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" ;;
  *) run "$@" ;;
esac
