/** A package of npm, by the hash that npm publishes. */
export interface NpmPin {
  readonly name: string
  readonly version: string
  readonly integrity: string
}

/** A wheel of PyPI, by its SHA-256. */
export interface WheelPin {
  readonly name: string
  readonly version: string
  readonly sha256: string
}

/** The package whose addon is built, and the two that it needs when it is loaded. */
export const npmPins: readonly NpmPin[] = [
  {
    name: '@tensorflow/tfjs-node-gpu',
    version: '4.22.0',
    integrity:
      'sha512-p//NN6DGiN4hInUmIkRffaFVMcdTREUMjPyjW04J7OXvB2zBlQimj61eFKSgRrH3f5TnOfKzb0n56he/B6a4bw==',
  },
  {
    name: 'google-protobuf',
    version: '3.21.4',
    integrity:
      'sha512-MnG7N936zcKTco4Jd2PX2U96Kf9PxygAPKBug+74LHzmHXmceN16MmRcdgZv+DGef/S9YvQAfRsNCn4cjf9yyQ==',
  },
  {
    name: 'progress',
    version: '2.0.3',
    integrity:
      'sha512-7PiHtLll5LdnKIMw100I+8xJXR5gW2QwWYkT6iJva0bXitZKa/XMrSbdmg3r2Xnaidz9Qumd0VPaMrZlF9V9sA==',
  },
]

/** The C headers of Node's add-on interface, which is the same for every version of Node. */
export const headersPin: NpmPin = {
  name: 'node-api-headers',
  version: '1.9.0',
  integrity:
    'sha512-2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==',
}

export type Variant = 'cpu' | 'cuda'

/**
 * TensorFlow as Python's packages carry it. Only its C library and headers are used, so the wheels
 * for one version of Python serve whatever Python is there. The libraries of NVIDIA are those that
 * TensorFlow itself asks for, so CUDA need not be installed; the driver must be.
 */
export const wheelPins: Readonly<Record<Variant, readonly WheelPin[]>> = {
  cpu: [
    {
      name: 'tensorflow-cpu',
      version: '2.19.1',
      sha256: '0b6d72bd09c267e7573757bd309f5b1e2cdb02577339991da751f3a1411e4dae',
    },
  ],
  cuda: [
    {
      name: 'tensorflow',
      version: '2.19.1',
      sha256: '8e5524eb492160576e5eeea9bb472ddc653123503f2290f83123d5ac9545750e',
    },
    {
      name: 'nvidia-cublas-cu12',
      version: '12.5.3.2',
      sha256: 'ca070ad70e9fa6654084575d01bd001f30cc4665e33d4bb9fc8e0f321caa034b',
    },
    {
      name: 'nvidia-cuda-cupti-cu12',
      version: '12.5.82',
      sha256: 'bde77a5feb66752ec61db2adfe47f56b941842825b4c7e2068aff27c9d107953',
    },
    {
      name: 'nvidia-cuda-nvcc-cu12',
      version: '12.5.82',
      sha256: 'b03e545b8e8c3ce7ebcd7fc44063180ff52ff01d064ece2127ed90a04ef12cd0',
    },
    {
      name: 'nvidia-cuda-nvrtc-cu12',
      version: '12.5.82',
      sha256: '3dbd97b0104b4bfbc3c4f8c79cd2496307c89c43c29a9f83125f1d76296ff3fd',
    },
    {
      name: 'nvidia-cuda-runtime-cu12',
      version: '12.5.82',
      sha256: '3e79a060e126df40fd3a068f3f787eb000fa51b251ec6cd97d09579632687115',
    },
    {
      name: 'nvidia-cudnn-cu12',
      version: '9.3.0.75',
      sha256: '9ad9c6929ebb5295eb4a1728024666d1c88283373e265a0c5c883e6f9d5cd76d',
    },
    {
      name: 'nvidia-cufft-cu12',
      version: '11.2.3.61',
      sha256: '9a6e8df162585750f61983a638104a48c756aa13f9f48e19ab079b38e3c828b8',
    },
    {
      name: 'nvidia-curand-cu12',
      version: '10.3.6.82',
      sha256: '2823fb27de4e44dbb22394a6adf53aa6e1b013aca0f8c22867d1cfae58405536',
    },
    {
      name: 'nvidia-cusolver-cu12',
      version: '11.6.3.83',
      sha256: '93cfafacde4428b71778eeb092ec615a02a3d05404da1bcf91c53e3fa1bce42b',
    },
    {
      name: 'nvidia-cusparse-cu12',
      version: '12.5.1.3',
      sha256: '016df8e993c437e8301e62739f01775cba988fd5253cd4c64173f8e8d2f8e752',
    },
    {
      name: 'nvidia-nccl-cu12',
      version: '2.23.4',
      sha256: 'b097258d9aab2fa9f686e33c6fe40ae57b27df60cedbd15d139701bb5509e0c1',
    },
    {
      name: 'nvidia-nvjitlink-cu12',
      version: '12.5.82',
      sha256: 'f9b37bc5c8cf7509665cb6ada5aaa0ce65618f2332b7d3e78e9790511f111212',
    },
  ],
}
