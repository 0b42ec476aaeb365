//! The touchstone protocol: JSON-RPC 2.0, one message a line, arrays as base64 of little-endian data.

use base64::{engine::general_purpose::STANDARD as BASE64, Engine};
use serde_json::{json, Map, Value};
use std::collections::HashMap;
use std::io::{stdin, stdout, BufRead, Write};

/// A dense array, the last axis varying fastest.
pub struct Array {
    pub shape: Vec<usize>,
    pub data: Vec<f32>,
}

pub type Arrays = HashMap<String, Array>;
pub type Operation = fn(&Arrays, &Value) -> Result<Arrays, Failure>;

/// Why there is no answer.
pub enum Failure {
    /// The arguments are invalid, and some clauses say that they must be rejected.
    Rejected(String),
    /// The arguments are valid, and this implementation does not take them: no failure, but counted.
    #[allow(dead_code)]
    Unsupported(String),
    /// Something went wrong.
    Internal(String),
}

pub struct Introduction {
    pub name: &'static str,
    pub version: &'static str,
    /// What each operation takes of what its signature allows, by id: ranges as in PROTOCOL.md.
    pub supports: Value,
    /// The order of the axes in which arrays come and go, as in PROTOCOL.md.
    pub axes: Value,
}

impl Array {
    /// The sizes of as many axes as the caller expects.
    pub fn sizes<const N: usize>(&self) -> Result<[usize; N], Failure> {
        let wrong = || Failure::Rejected(format!("{:?} has not {N} axes", self.shape));
        self.shape.clone().try_into().map_err(|_| wrong())
    }

    fn decode(value: &Value) -> Result<Array, Failure> {
        if value["dtype"] != "float32" {
            return Err(Failure::Rejected(format!("an array of {}", value["dtype"])));
        }
        let broken = |why: &str| Failure::Internal(why.to_string());
        let sizes = value["shape"].as_array().ok_or_else(|| broken("no shape"))?;
        let text = value["data"].as_str().ok_or_else(|| broken("no data"))?;
        let bytes = BASE64.decode(text).map_err(|error| broken(&error.to_string()))?;
        let floats = bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        let shape = sizes.iter().map(|size| size.as_u64().unwrap_or(0) as usize).collect();
        Ok(Array { shape, data: floats.collect() })
    }

    fn encode(&self) -> Value {
        let bytes: Vec<u8> = self.data.iter().flat_map(|x| x.to_le_bytes()).collect();
        json!({ "dtype": "float32", "shape": self.shape, "data": BASE64.encode(bytes) })
    }
}

/// A parameter of two positive whole numbers.
pub fn pair(value: &Value) -> Result<[usize; 2], Failure> {
    match (value[0].as_u64(), value[1].as_u64()) {
        (Some(a), Some(b)) if a > 0 && b > 0 => Ok([a as usize, b as usize]),
        _ => Err(Failure::Rejected(format!("{value} is no pair of positive whole numbers"))),
    }
}

/// Answers questions until the harness has no more.
pub fn serve(introduction: Introduction, operations: &[(&str, Operation)]) {
    for line in stdin().lock().lines().map_while(Result::ok).filter(|line| !line.trim().is_empty()) {
        let message: Value = serde_json::from_str(&line).expect("a message of the harness");
        let answer = match &message {
            Value::Array(batch) => {
                batch.iter().map(|request| respond(request, &introduction, operations)).collect()
            }
            request => respond(request, &introduction, operations),
        };
        let mut out = stdout().lock();
        writeln!(out, "{answer}").and_then(|_| out.flush()).expect("the harness listens");
        if message["method"] == "shutdown" {
            return;
        }
    }
}

fn respond(request: &Value, introduction: &Introduction, operations: &[(&str, Operation)]) -> Value {
    let result = match request["method"].as_str() {
        Some("initialize") => Ok(json!({
            "protocolVersion": 1,
            "name": introduction.name,
            "version": introduction.version,
            "language": "Rust",
            "precision": "float32",
            "operations": operations.iter().map(|(id, _)| id).collect::<Vec<_>>(),
            "supports": introduction.supports,
            "axes": introduction.axes,
            "concurrency": 64,
        })),
        Some("evaluate") => evaluate(&request["params"], operations).map(Value::Object),
        Some("shutdown") => Ok(Value::Null),
        _ => Err(Failure::Internal(format!("no method {}", request["method"]))),
    };
    let error = |code: i32, message| {
        json!({ "jsonrpc": "2.0", "id": request["id"], "error": { "code": code, "message": message } })
    };
    match result {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": request["id"], "result": result }),
        Err(Failure::Rejected(message)) => error(-32602, message),
        Err(Failure::Unsupported(message)) => error(-32001, message),
        Err(Failure::Internal(message)) => error(-32603, message),
    }
}

fn evaluate(params: &Value, operations: &[(&str, Operation)]) -> Result<Map<String, Value>, Failure> {
    let asked = &params["operation"];
    let found = operations.iter().find(|(id, _)| asked == id);
    let (_, operation) = found.ok_or(Failure::Internal(format!("no operation {asked}")))?;
    let inputs = params["inputs"].as_object().ok_or(Failure::Internal("no inputs".into()))?;
    let decoded: Result<Arrays, Failure> = inputs
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| Ok((name.clone(), Array::decode(value)?)))
        .collect();
    let outputs = operation(&decoded?, &params["parameters"])?;
    Ok(outputs.iter().map(|(name, array)| (name.clone(), array.encode())).collect())
}
