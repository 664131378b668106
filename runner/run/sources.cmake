# Matching, the monitor and the execution of scenarios: no sockets in here.
add_library(imapspec_runner STATIC)
add_library(imapspec::runner ALIAS imapspec_runner)
target_sources(imapspec_runner
  PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES
    ${PROJECT_SOURCE_DIR}/runner/match/arrangement.h
    ${PROJECT_SOURCE_DIR}/runner/match/bindings.h
    ${PROJECT_SOURCE_DIR}/runner/match/directives.h
    ${PROJECT_SOURCE_DIR}/runner/match/matcher.h
    ${PROJECT_SOURCE_DIR}/runner/match/pattern.h
    ${PROJECT_SOURCE_DIR}/runner/match/pattern_reader.h
    ${PROJECT_SOURCE_DIR}/runner/match/stand_in.h
    ${PROJECT_SOURCE_DIR}/runner/match/term.h
    ${PROJECT_SOURCE_DIR}/runner/monitor/monitor.h
    ${CMAKE_CURRENT_LIST_DIR}/connection_gate.h
    ${CMAKE_CURRENT_LIST_DIR}/connections.h
    ${CMAKE_CURRENT_LIST_DIR}/context.h
    ${CMAKE_CURRENT_LIST_DIR}/conversation.h
    ${CMAKE_CURRENT_LIST_DIR}/exchange.h
    ${CMAKE_CURRENT_LIST_DIR}/executor.h
    ${CMAKE_CURRENT_LIST_DIR}/gate.h
    ${CMAKE_CURRENT_LIST_DIR}/judge.h
    ${CMAKE_CURRENT_LIST_DIR}/link.h
    ${CMAKE_CURRENT_LIST_DIR}/merge.h
    ${CMAKE_CURRENT_LIST_DIR}/numbering.h
    ${CMAKE_CURRENT_LIST_DIR}/paced_dialer.h
    ${CMAKE_CURRENT_LIST_DIR}/reply_parser.h
    ${CMAKE_CURRENT_LIST_DIR}/sasl_plain.h
    ${CMAKE_CURRENT_LIST_DIR}/selection.h
    ${CMAKE_CURRENT_LIST_DIR}/start.h
    ${CMAKE_CURRENT_LIST_DIR}/step_run.h
    ${CMAKE_CURRENT_LIST_DIR}/suite_run.h
    ${CMAKE_CURRENT_LIST_DIR}/transcript.h
  PRIVATE
    ${PROJECT_SOURCE_DIR}/runner/match/arrangement.cc
    ${PROJECT_SOURCE_DIR}/runner/match/bindings.cc
    ${PROJECT_SOURCE_DIR}/runner/match/directives.cc
    ${PROJECT_SOURCE_DIR}/runner/match/matcher.cc
    ${PROJECT_SOURCE_DIR}/runner/match/pattern.cc
    ${PROJECT_SOURCE_DIR}/runner/match/pattern_reader.cc
    ${PROJECT_SOURCE_DIR}/runner/match/stand_in.cc
    ${PROJECT_SOURCE_DIR}/runner/match/term.cc
    ${PROJECT_SOURCE_DIR}/runner/monitor/monitor.cc
    ${PROJECT_SOURCE_DIR}/runner/monitor/requirements.cc
    ${CMAKE_CURRENT_LIST_DIR}/connection_gate.cc
    ${CMAKE_CURRENT_LIST_DIR}/connections.cc
    ${CMAKE_CURRENT_LIST_DIR}/context.cc
    ${CMAKE_CURRENT_LIST_DIR}/conversation.cc
    ${CMAKE_CURRENT_LIST_DIR}/conversation_writing.cc
    ${CMAKE_CURRENT_LIST_DIR}/exchange.cc
    ${CMAKE_CURRENT_LIST_DIR}/executor.cc
    ${CMAKE_CURRENT_LIST_DIR}/gate.cc
    ${CMAKE_CURRENT_LIST_DIR}/judge.cc
    ${CMAKE_CURRENT_LIST_DIR}/merge.cc
    ${CMAKE_CURRENT_LIST_DIR}/numbering.cc
    ${CMAKE_CURRENT_LIST_DIR}/paced_dialer.cc
    ${CMAKE_CURRENT_LIST_DIR}/probe.cc
    ${CMAKE_CURRENT_LIST_DIR}/reply_parser.cc
    ${CMAKE_CURRENT_LIST_DIR}/sasl_plain.cc
    ${CMAKE_CURRENT_LIST_DIR}/selection.cc
    ${CMAKE_CURRENT_LIST_DIR}/start.cc
    ${CMAKE_CURRENT_LIST_DIR}/step_run.cc
    ${CMAKE_CURRENT_LIST_DIR}/suite_run.cc
    ${CMAKE_CURRENT_LIST_DIR}/tls_step.cc
    ${CMAKE_CURRENT_LIST_DIR}/transcript.cc)
target_link_libraries(imapspec_runner
  PUBLIC imapspec::parser imapspec::result imapspec::runner_scenario
  PRIVATE fmt::fmt OpenSSL::Crypto Threads::Threads imapspec_build_flags)
