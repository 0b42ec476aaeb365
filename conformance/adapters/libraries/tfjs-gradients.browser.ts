// What the package for users has of it, without its layers and its readers of data.
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
