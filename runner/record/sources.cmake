# Recordings of conversations between others, and the scenarios they become: no sockets in here.
add_library(imapspec_runner_record STATIC)
add_library(imapspec::runner_record ALIAS imapspec_runner_record)
target_sources(imapspec_runner_record
  PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES
    ${CMAKE_CURRENT_LIST_DIR}/command_pieces.h
    ${CMAKE_CURRENT_LIST_DIR}/course.h
    ${CMAKE_CURRENT_LIST_DIR}/expectations.h
    ${CMAKE_CURRENT_LIST_DIR}/mailbox_model.h
    ${CMAKE_CURRENT_LIST_DIR}/recording.h
    ${CMAKE_CURRENT_LIST_DIR}/scenario_writer.h
    ${CMAKE_CURRENT_LIST_DIR}/sent_lines.h
    ${CMAKE_CURRENT_LIST_DIR}/turns.h
    ${CMAKE_CURRENT_LIST_DIR}/wire_line.h
  PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/command_pieces.cc
    ${CMAKE_CURRENT_LIST_DIR}/course.cc
    ${CMAKE_CURRENT_LIST_DIR}/expectations.cc
    ${CMAKE_CURRENT_LIST_DIR}/mailbox_model.cc
    ${CMAKE_CURRENT_LIST_DIR}/recording.cc
    ${CMAKE_CURRENT_LIST_DIR}/scenario_writer.cc
    ${CMAKE_CURRENT_LIST_DIR}/sent_lines.cc
    ${CMAKE_CURRENT_LIST_DIR}/turns.cc
    ${CMAKE_CURRENT_LIST_DIR}/wire_line.cc)
target_link_libraries(imapspec_runner_record
  PUBLIC imapspec::parser imapspec::result imapspec::runner
  PRIVATE fmt::fmt imapspec_build_flags)
target_precompile_headers(imapspec_runner_record REUSE_FROM imapspec_runner)
imapspec_in_batches(imapspec_runner_record ALONE ${CMAKE_CURRENT_LIST_DIR}/recording.cc)
