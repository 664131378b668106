# imapspec_build_flags: warnings and sanitizers of everything that is ours. Linked PRIVATE, so
# that nothing of it reaches who uses a library.
set(IMAPSPEC_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them; empty for none")
option(IMAPSPEC_LIBFUZZER "Link fuzz targets with libFuzzer (Clang); else with a replay main" OFF)

add_library(imapspec_build_flags INTERFACE)
target_compile_options(imapspec_build_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wmissing-declarations -Werror
  # GCC 12 reports false -Wrestrict at -O3 inside std::string (GCC bug 105329).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)

# imapspec_in_batches(TARGET [ALONE SOURCES...]): compiles several sources of a target as one, which takes half the
# time. Those that have a name of their own which another has too are compiled alone.
option(IMAPSPEC_BATCHES "Compile sources in batches: faster for all of them, slower for one" OFF)
function(imapspec_in_batches target)
  cmake_parse_arguments(ARG "" "" "ALONE" ${ARGN})
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${IMAPSPEC_BATCHES} UNITY_BUILD_BATCH_SIZE 6)
  set_source_files_properties(${ARG_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  if(IMAPSPEC_BATCHES)
    # GCC takes the sources of a batch for headers, which should not have types of their own.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  endif()
endfunction()

if(IMAPSPEC_SANITIZE)
  target_compile_options(imapspec_build_flags INTERFACE
    -fsanitize=${IMAPSPEC_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(imapspec_build_flags INTERFACE -fsanitize=${IMAPSPEC_SANITIZE})
endif()

# imapspec_fuzzed: linked PRIVATE by what fuzzers shall find their way through. All else, judges and tests, runs and is
# compiled a quarter faster without the counters that this puts in.
add_library(imapspec_fuzzed INTERFACE)
if(IMAPSPEC_LIBFUZZER)
  target_compile_options(imapspec_fuzzed INTERFACE -fsanitize=fuzzer-no-link)
endif()
