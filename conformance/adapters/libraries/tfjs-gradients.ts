// It brings the gradients, which the core alone does not know.
import '@tensorflow/tfjs'
