"""Summarizes many records on many machines: Apache Spark distributes them to `preconsult batch`.

    spark-submit summaries.py --out summaries intakes.jsonl more.jsonl -- --copy clinician --date 2026-11-22

Arguments after `--` are passed to `preconsult batch`. The program, and your own pack if you use one, must be on every machine.
Each partition is processed by a separate process with one thread; Spark decides how many run at a time.

The concatenated parts of the output folder are, byte for byte, the output of one `preconsult batch` over all files. An invalid
record has its error in its place. That is a result, so the task succeeds; at the end the exit code is 2. If a process is
killed, fails, or does not give a line for each record, the task fails. Spark retries that partition up to
`spark.task.maxFailures` times (in local mode `--master 'local[2,4]'`), and the output contains nothing of the failed attempt.
`RDD.pipe` is not suitable: it takes a killed process for a short partition or, with `checkCode`, an invalid record for a
failed process.
"""

import argparse
import subprocess
import sys
import threading

from pyspark.sql import SparkSession

BLOCK = 1 << 18
BLANK = b" \t\n\f\r"  # A line of only these bytes is not a record.


def main(arguments):
    ours, batch = split(arguments)
    parser = argparse.ArgumentParser(usage="spark-submit %(prog)s --out DIR FILE… [-- OPTIONS OF preconsult batch]")
    parser.add_argument("files", nargs="+", metavar="FILE", help="records, one per line, where Spark can read them")
    parser.add_argument("--out", required=True, metavar="DIR", help="new folder for the summaries")
    parser.add_argument("--program", default="preconsult", metavar="FILE", help="path of the program on every machine")
    ours = parser.parse_args(ours)

    spark = SparkSession.builder.appName("preconsult").getOrCreate()
    records = spark.sparkContext.union([lines(spark, file) for file in ours.files])
    counts = records.mapPartitions(lambda partition: [sum(1 for _ in partition)]).collect()
    firsts = [1 + sum(counts[:part]) for part in range(len(counts))]
    faults = spark.sparkContext.accumulator(0)
    command = [ours.program, "batch", "--threads", "1", *batch]
    records.mapPartitionsWithIndex(summaries(command, firsts, faults)).saveAsTextFile(ours.out)
    spark.stop()
    if faults.value:
        print("error: some records are invalid: each has an error in its place", file=sys.stderr)
        return 2
    return 0


def split(arguments):
    place = arguments.index("--") if "--" in arguments else len(arguments)
    return arguments[:place], arguments[place + 1 :]


def lines(spark, file):
    """Reads the lines of a file as bytes, which need not be UTF-8, split only at line feeds."""
    return spark.read.text(file, lineSep="\n").selectExpr("cast(value as binary)").rdd.map(lambda row: row[0])


def summaries(command, firsts, faults):
    """Returns the function that streams the lines of a partition through the command."""

    def partition(number, records):
        numbered = [*command, "--first-line", str(firsts[number])]
        process = subprocess.Popen(numbered, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        feeder = Feeder(records, process)
        written, rest = 0, b""
        try:
            # Yields many lines at once: Spark adds a line feed to each item, and Python is slow per item.
            for block in iter(lambda: process.stdout.read1(BLOCK), b""):
                whole, _, rest = (rest + block).rpartition(b"\n")
                if whole:
                    written += whole.count(b"\n") + 1
                    yield whole
        except BaseException:
            process.kill()
            raise
        finally:
            feeder.join()
            code = process.wait()
        if feeder.failure:
            raise feeder.failure
        if code not in (0, 2) or written != feeder.records:
            counts = f"{written} lines for {feeder.records} records, exit code {code}"
            raise RuntimeError(f"preconsult batch failed: {counts}")
        if code == 2:
            faults.add(1)

    return partition


class Feeder(threading.Thread):
    """Writes the lines to a process while another thread reads its output."""

    def __init__(self, lines, process):
        super().__init__(daemon=True)
        self.lines, self.process = lines, process
        self.records, self.failure = 0, None
        self.start()

    def run(self):
        try:
            with self.process.stdin as stdin:
                for line in self.lines:
                    self.records += bool(line.strip(BLANK))
                    stdin.write(line + b"\n")
        except BrokenPipeError:
            pass  # The process has ended; its exit code says how.
        except BaseException as failure:
            self.failure = failure
            self.process.kill()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
