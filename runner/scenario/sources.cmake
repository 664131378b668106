# YAML to scenarios and requirements.
add_library(imapspec_runner_scenario STATIC)
add_library(imapspec::runner_scenario ALIAS imapspec_runner_scenario)
target_sources(imapspec_runner_scenario
  PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES
    ${CMAKE_CURRENT_LIST_DIR}/condition.h
    ${CMAKE_CURRENT_LIST_DIR}/loader.h
    ${CMAKE_CURRENT_LIST_DIR}/nearest.h
    ${CMAKE_CURRENT_LIST_DIR}/reference.h
    ${CMAKE_CURRENT_LIST_DIR}/scenario.h
  PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/nearest.cc
    ${CMAKE_CURRENT_LIST_DIR}/reference.cc)
target_link_libraries(imapspec_runner_scenario
  PUBLIC imapspec::parser imapspec::result
  PRIVATE yaml-cpp imapspec_build_flags)
