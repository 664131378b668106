# YAML to scenarios and requirements.
add_library(imapspec_runner_scenario STATIC)
add_library(imapspec::runner_scenario ALIAS imapspec_runner_scenario)
target_sources(imapspec_runner_scenario
  PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES
    ${CMAKE_CURRENT_LIST_DIR}/action.h
    ${CMAKE_CURRENT_LIST_DIR}/action_reader.h
    ${CMAKE_CURRENT_LIST_DIR}/bad_answers.h
    ${CMAKE_CURRENT_LIST_DIR}/baseline.h
    ${CMAKE_CURRENT_LIST_DIR}/branch_names.h
    ${CMAKE_CURRENT_LIST_DIR}/command_words.h
    ${CMAKE_CURRENT_LIST_DIR}/condition.h
    ${CMAKE_CURRENT_LIST_DIR}/connection_reader.h
    ${CMAKE_CURRENT_LIST_DIR}/expectation_reader.h
    ${CMAKE_CURRENT_LIST_DIR}/expression.h
    ${CMAKE_CURRENT_LIST_DIR}/fixture_file.h
    ${CMAKE_CURRENT_LIST_DIR}/generated_message.h
    ${CMAKE_CURRENT_LIST_DIR}/fragment.h
    ${CMAKE_CURRENT_LIST_DIR}/fixture_reader.h
    ${CMAKE_CURRENT_LIST_DIR}/glob.h
    ${CMAKE_CURRENT_LIST_DIR}/ledger.h
    ${CMAKE_CURRENT_LIST_DIR}/loader.h
    ${CMAKE_CURRENT_LIST_DIR}/manners_reader.h
    ${CMAKE_CURRENT_LIST_DIR}/nearest.h
    ${CMAKE_CURRENT_LIST_DIR}/reference.h
    ${CMAKE_CURRENT_LIST_DIR}/scenario.h
    ${CMAKE_CURRENT_LIST_DIR}/scenario_reader.h
    ${CMAKE_CURRENT_LIST_DIR}/sent_size.h
    ${CMAKE_CURRENT_LIST_DIR}/step_reader.h
    ${CMAKE_CURRENT_LIST_DIR}/step_texts.h
    ${CMAKE_CURRENT_LIST_DIR}/target.h
    ${CMAKE_CURRENT_LIST_DIR}/wire_text.h
    ${CMAKE_CURRENT_LIST_DIR}/wire_text_reader.h
    ${CMAKE_CURRENT_LIST_DIR}/yaml_reader.h
    ${CMAKE_CURRENT_LIST_DIR}/yaml_tree.h
  PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/action_reader.cc
    ${CMAKE_CURRENT_LIST_DIR}/bad_answers.cc
    ${CMAKE_CURRENT_LIST_DIR}/baseline.cc
    ${CMAKE_CURRENT_LIST_DIR}/branch_names.cc
    ${CMAKE_CURRENT_LIST_DIR}/command_words.cc
    ${CMAKE_CURRENT_LIST_DIR}/condition.cc
    ${CMAKE_CURRENT_LIST_DIR}/connection_reader.cc
    ${CMAKE_CURRENT_LIST_DIR}/expectation_reader.cc
    ${CMAKE_CURRENT_LIST_DIR}/expression.cc
    ${CMAKE_CURRENT_LIST_DIR}/fixture_file.cc
    ${CMAKE_CURRENT_LIST_DIR}/generated_message.cc
    ${CMAKE_CURRENT_LIST_DIR}/fragment.cc
    ${CMAKE_CURRENT_LIST_DIR}/fixture_reader.cc
    ${CMAKE_CURRENT_LIST_DIR}/glob.cc
    ${CMAKE_CURRENT_LIST_DIR}/ledger.cc
    ${CMAKE_CURRENT_LIST_DIR}/load_error.cc
    ${CMAKE_CURRENT_LIST_DIR}/manners_reader.cc
    ${CMAKE_CURRENT_LIST_DIR}/nearest.cc
    ${CMAKE_CURRENT_LIST_DIR}/reference.cc
    ${CMAKE_CURRENT_LIST_DIR}/scenario_reader.cc
    ${CMAKE_CURRENT_LIST_DIR}/sent_size.cc
    ${CMAKE_CURRENT_LIST_DIR}/step_reader.cc
    ${CMAKE_CURRENT_LIST_DIR}/step_texts.cc
    ${CMAKE_CURRENT_LIST_DIR}/suite.cc
    ${CMAKE_CURRENT_LIST_DIR}/target.cc
    ${CMAKE_CURRENT_LIST_DIR}/wire_text_reader.cc
    ${CMAKE_CURRENT_LIST_DIR}/yaml_reader.cc
    ${CMAKE_CURRENT_LIST_DIR}/yaml_tree.cc)
target_link_libraries(imapspec_runner_scenario
  PUBLIC imapspec::parser imapspec::result
  PRIVATE yaml-cpp imapspec_build_flags)
target_precompile_headers(imapspec_runner_scenario PRIVATE <runner/scenario/scenario.h> <runner/scenario/yaml_reader.h>)
imapspec_in_batches(imapspec_runner_scenario ALONE
  ${CMAKE_CURRENT_LIST_DIR}/expectation_reader.cc ${CMAKE_CURRENT_LIST_DIR}/expression.cc)
