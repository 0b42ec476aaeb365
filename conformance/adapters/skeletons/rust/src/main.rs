//! An implementation for touchstone to check:
//!
//!     cargo build --release
//!     npx touchstone run --clause cnn.conv2d.forward --implementation ./target/release/implementation
//!
//! Then add operations, one function each: `npx touchstone list` shows the clauses that they must
//! satisfy, and `npx touchstone show cnn.conv2d.forward` one of them with the signatures.

mod protocol;

use protocol::{pair, serve, Array, Arrays, Failure, Introduction};
use serde_json::{json, Value};

fn main() {
    // One that takes a stride of 1 only: json!({ "cnn.conv2d": { "parameters": { "strides": 1 } } })
    let supports = json!({});
    // For images and filters with channels first: json!({ "x": "NKHW", "filters": "QKHW" })
    let axes = json!("channels last");
    let introduction = Introduction { name: "implementation", version: "0.1.0", supports, axes };
    serve(introduction, &[("cnn.conv2d", conv2d)]);
}

/// y[n, i, j, q] = bias[q] + the sum over u, v, k of x[n, Sh i + Dh u, Sw j + Dw v, k] filters[u, v, k, q]
fn conv2d(inputs: &Arrays, parameters: &Value) -> Result<Arrays, Failure> {
    let (x, filters, bias) = (&inputs["x"], &inputs["filters"], inputs.get("bias"));
    let ([n_, h_, w_, k_], [hf, wf, depth, q_]) = (x.sizes()?, filters.sizes()?);
    let (strides, dilations) = (pair(&parameters["strides"])?, pair(&parameters["dilations"])?);
    let (ho, top) = windows(h_, hf, strides[0], dilations[0], &parameters["padding"], 0)?;
    let (wo, left) = windows(w_, wf, strides[1], dilations[1], &parameters["padding"], 2)?;
    if depth != k_ || bias.is_some_and(|bias| bias.shape != [q_]) {
        return Err(Failure::Rejected("the sizes of x, filters and bias do not fit together".into()));
    }

    let mut y = Vec::with_capacity(n_ * ho * wo * q_);
    for n in 0..n_ {
        for i in 0..ho {
            for j in 0..wo {
                for q in 0..q_ {
                    // A bias that is left out is 0.
                    let mut sum = bias.map_or(0.0, |bias| bias.data[q]);
                    for u in 0..hf {
                        for v in 0..wf {
                            // Padding counts as 0; where it is, the subtraction leaves the image.
                            let h = (strides[0] * i + dilations[0] * u).wrapping_sub(top);
                            let w = (strides[1] * j + dilations[1] * v).wrapping_sub(left);
                            if h >= h_ || w >= w_ {
                                continue;
                            }
                            for k in 0..k_ {
                                sum += x.data[((n * h_ + h) * w_ + w) * k_ + k]
                                    * filters.data[((u * wf + v) * k_ + k) * q_ + q];
                            }
                        }
                    }
                    y.push(sum);
                }
            }
        }
    }
    Ok(Arrays::from([("y".into(), Array { shape: vec![n_, ho, wo, q_], data: y })]))
}

/// The rows or columns of padding on one side.
fn amount(padding: &Value, side: usize) -> Result<usize, Failure> {
    match padding {
        Value::Array(sides) if sides.len() == 4 => sides[side].as_u64().map(|n| n as usize),
        _ => (padding == "valid").then_some(0),
    }
    .ok_or_else(|| Failure::Rejected(format!("{padding} is no padding")))
}

/// How many windows there are along an axis, and how much padding stands before it.
fn windows(
    size: usize,
    kernel: usize,
    stride: usize,
    dilation: usize,
    padding: &Value,
    first: usize,
) -> Result<(usize, usize), Failure> {
    let extent = dilation * (kernel - 1) + 1;
    if padding == "same" {
        let count = size.div_ceil(stride);
        return Ok((count, ((count - 1) * stride + extent).saturating_sub(size) / 2));
    }
    let (before, after) = (amount(padding, first)?, amount(padding, first + 1)?);
    match (size + before + after).checked_sub(extent) {
        Some(rest) => Ok((rest / stride + 1, before)),
        None => Err(Failure::Rejected("the kernel is larger than the image".into())),
    }
}
