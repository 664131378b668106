# Plain data: what a run found out.
add_library(imapspec_result STATIC)
add_library(imapspec::result ALIAS imapspec_result)
target_sources(imapspec_result
  PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES
    ${CMAKE_CURRENT_LIST_DIR}/result.h
  PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/result.cc)
target_link_libraries(imapspec_result PRIVATE imapspec_build_flags)
