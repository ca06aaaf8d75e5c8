"""The summaries of many records on many machines: Apache Spark spreads them, `preconsult batch` does the work.

    spark-submit summaries.py --out summaries intakes.jsonl more.jsonl -- --copy clinician --date 2026-11-22

What stands after `--` goes to `preconsult batch`. The program, and the pack if it is one of your own, have to be on every
machine. Each partition goes through a process of its own, on one thread: Spark knows how many it can run at a time.

The parts of the output folder, one after another, are what one `preconsult batch` over all the files would write, byte for
byte. A record with a fault has its error in its place, as there: that is a result, so the task is done, and it is told at the
end by exit code 2. A process that is killed, or fails, or does not give a line for each record, makes the task fail: Spark
tries that partition again as often as `spark.task.maxFailures` says (in local mode `--master 'local[2,4]'`), and nothing
of the failed try is in the output. `RDD.pipe` would not do: it takes a killed process for a short partition, or, with
`checkCode`, a record with a fault for a failed one.
"""

import argparse
import subprocess
import sys
import threading

from pyspark.sql import SparkSession

BLOCK = 1 << 18
BLANK = b" \t\n\f\r"  # A line of nothing else is nobody's record.


def main(arguments):
    ours, batch = split(arguments)
    parser = argparse.ArgumentParser(usage="spark-submit %(prog)s --out DIR FILE… [-- OPTIONS OF preconsult batch]")
    parser.add_argument("files", nargs="+", metavar="FILE", help="records, one a line, where Spark can read them")
    parser.add_argument("--out", required=True, metavar="DIR", help="a new folder for the summaries")
    parser.add_argument("--program", default="preconsult", metavar="FILE", help="the program on every machine")
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
        print("error: there are records with errors: the output line of each holds the error", file=sys.stderr)
        return 2
    return 0


def split(arguments):
    place = arguments.index("--") if "--" in arguments else len(arguments)
    return arguments[:place], arguments[place + 1 :]


def lines(spark, file):
    """The lines as they are: only at line feeds, and as bytes, which need not be UTF-8."""
    return spark.read.text(file, lineSep="\n").selectExpr("cast(value as binary)").rdd.map(lambda row: row[0])


def summaries(command, firsts, faults):
    """What turns the lines of a partition into their summaries, streamed."""

    def partition(number, records):
        numbered = [*command, "--first-line", str(firsts[number])]
        process = subprocess.Popen(numbered, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        feeder = Feeder(records, process)
        written, rest = 0, b""
        try:
            # Many lines at a time: Spark ends with a line feed whatever it is given, and Python is slow for each.
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
            told = f"{written} lines for {feeder.records} records, exit code {code}"
            raise RuntimeError(f"preconsult batch has not done its work: {told}")
        if code == 2:
            faults.add(1)

    return partition


class Feeder(threading.Thread):
    """Gives a process its lines while somebody else reads what it writes."""

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
            pass  # It has ended; how, says its exit code.
        except BaseException as failure:
            self.failure = failure
            self.process.kill()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
