#include <array>

#include "tests/server/examples/example.h"

namespace imapspec::server::examples {

namespace {

constexpr std::string_view kAlone = "a response alone, of no command";
constexpr std::string_view kRemote = "this server knows no remote mailboxes";
constexpr std::string_view kNamespace = "other namespaces than this server's, which has one";
constexpr std::string_view kNoTrouble = "of a trouble or a policy that this server does not have";

constexpr auto kOmitted = std::to_array<Omitted>({
    {1522, 1548, "GSSAPI, for which this server has no realm"},
    {1588, 1592, "EXTERNAL, for which the client needs a certificate"},
    {1728, 1736, "a private extension"},
    {1741, 1743, "CONDSTORE, which this server has to be told to offer; with it the answer is the same"},
    {1957, 1959, "a server may take another name than it was given; this one refuses names that are not normalized"},
    {2165, 2167, "commands without answers"},
    {2573, 2749, kAlone},
    {2760, 2765, kNamespace},
    {2823, 2868, kRemote},
    {3000, 3001, "what a server may add in spite of section 6.3.9.6"},
    {3053, 3069, kRemote},
    {3134, 3170, kNamespace},
    {3208, 3326, kNamespace},
    {3518, 3526, "this server's UIDs are sticky"},
    {4198, 4198, "a command without an answer"},
    {4863, 4868, "a private extension"},
    {5002, 5008, "the lines between are left out"},
    {5036, 5041, kNoTrouble},
    {5061, 5062, kNoTrouble},
    {5091, 5109, kNoTrouble},
    {5129, 5130, kNoTrouble},
    {5152, 5167, kNoTrouble},
    {5203, 5203, kNoTrouble},
    {5204, 5204, kNoTrouble},
    {5218, 5219, kNoTrouble},
    {5256, 5257, kNoTrouble},
    {5285, 5310, kNoTrouble},
    {5327, 5330, "the lines stand for others; what the server answers to such is in session_test.cc"},
    {5331, 5334, kNoTrouble},
    {5358, 6200, kAlone},
});

}  // namespace

std::span<const Omitted> omitted() { return kOmitted; }

}  // namespace imapspec::server::examples
