// The floors that parser and runner have to keep, beside what was measured.
#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

namespace imapspec::bench {

// FloorTable collects what the benchmarks measured, of several repetitions the best.
class FloorTable : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& runs) override;
  void Finalize() override;

  // print writes the table to standard output. It returns false where a benchmark failed, a floor is about
  // none that ran, or a floor that does not depend on the machine is missed.
  [[nodiscard]] bool print() const;

 private:
  // By benchmark and figure: all that was measured.
  std::map<std::string, std::map<std::string, std::vector<double>>> figures_;
  bool failed_ = false;
};

}  // namespace imapspec::bench
