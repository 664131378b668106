// The benchmarks, one function a subject, each of which registers what it measures.
#pragma once

namespace imapspec::bench {

// register_parse: octets to values, with the heap and arena that it takes.
void register_parse();

// register_encode: values to octets.
void register_encode();

// register_frame: a stream to units.
void register_frame();

// register_grow: inputs of 1 KiB to 1 MiB, to see that the cost of an octet stays.
void register_grow();

// register_stack: nested inputs, and the stack that they take.
void register_stack();

// register_runner: a scenario against a server that answers at once.
void register_runner();

}  // namespace imapspec::bench
