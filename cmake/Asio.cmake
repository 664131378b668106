# imapspec::asio: the stand-alone Asio, which Debian ships as headers without a package file.
find_path(ASIO_INCLUDE_DIR asio.hpp REQUIRED)
add_library(imapspec_asio INTERFACE)
add_library(imapspec::asio ALIAS imapspec_asio)
target_include_directories(imapspec_asio SYSTEM INTERFACE ${ASIO_INCLUDE_DIR})
target_compile_definitions(imapspec_asio INTERFACE
  ASIO_STANDALONE ASIO_NO_DEPRECATED
  # Clang 19 has coroutines, which this Asio does not know of.
  ASIO_HAS_CO_AWAIT ASIO_HAS_STD_COROUTINE)
target_link_libraries(imapspec_asio INTERFACE OpenSSL::SSL OpenSSL::Crypto Threads::Threads)
