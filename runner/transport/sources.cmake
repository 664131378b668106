# The runner's sockets and TLS.
add_library(imapspec_runner_transport STATIC)
add_library(imapspec::runner_transport ALIAS imapspec_runner_transport)
target_sources(imapspec_runner_transport
  PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES
    ${CMAKE_CURRENT_LIST_DIR}/free_port.h
    ${CMAKE_CURRENT_LIST_DIR}/relay.h
    ${CMAKE_CURRENT_LIST_DIR}/resolver.h
    ${CMAKE_CURRENT_LIST_DIR}/socket_dialer.h
    ${CMAKE_CURRENT_LIST_DIR}/socket_link.h
    ${CMAKE_CURRENT_LIST_DIR}/tls_client.h
    ${CMAKE_CURRENT_LIST_DIR}/tls_contexts.h
    ${CMAKE_CURRENT_LIST_DIR}/wait.h
  PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/free_port.cc
    ${CMAKE_CURRENT_LIST_DIR}/relay.cc
    ${CMAKE_CURRENT_LIST_DIR}/resolver.cc
    ${CMAKE_CURRENT_LIST_DIR}/socket_dialer.cc
    ${CMAKE_CURRENT_LIST_DIR}/socket_link.cc
    ${CMAKE_CURRENT_LIST_DIR}/tls_client.cc
    ${CMAKE_CURRENT_LIST_DIR}/tls_contexts.cc
    ${CMAKE_CURRENT_LIST_DIR}/wait.cc)
target_include_directories(imapspec_runner_transport PUBLIC ${PROJECT_SOURCE_DIR})
target_link_libraries(imapspec_runner_transport
  PUBLIC imapspec::asio
  PRIVATE imapspec_build_flags)
imapspec_in_batches(imapspec_runner_transport)
