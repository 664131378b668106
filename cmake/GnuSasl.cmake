# imapspec::gsasl: GNU SASL, which Debian ships with a pkg-config file.
find_package(PkgConfig REQUIRED)
pkg_check_modules(GSASL REQUIRED IMPORTED_TARGET libgsasl>=2.2)
add_library(imapspec_gsasl INTERFACE)
add_library(imapspec::gsasl ALIAS imapspec_gsasl)
target_link_libraries(imapspec_gsasl INTERFACE PkgConfig::GSASL)
