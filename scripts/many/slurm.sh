#!/bin/sh
#SBATCH --job-name=touchstone
#SBATCH --array=1-4
#SBATCH --cpus-per-task=1
#SBATCH --mem=2G
# A run in as many parts as the array has tasks, or with WHAT='hunt …' as many hunts, in a folder that all nodes share:
#   sbatch --wait slurm.sh; npx touchstone merge parts
index=$((SLURM_ARRAY_TASK_ID - SLURM_ARRAY_TASK_MIN + 1))
npx touchstone ${WHAT:-run --device wasm --seed 0} --report "${PARTS:-parts}" \
  --shard "$index/$SLURM_ARRAY_TASK_COUNT"
# With code 1 something fails, which merge tells; the task fails only where it left no whole part.
[ $? -le 1 ]
