#!/usr/bin/env python3
"""Adds up test reports: count.py STATUS PASSED FAILED SKIPPED (those of tests that leave no report).

Ends with STATUS, or with 1 if anything failed or nothing ran."""
import glob
import sys
import xml.etree.ElementTree


def main():
    status, passed, failed, skipped = map(int, sys.argv[1:])
    for kind in ("surefire", "failsafe"):
        for name in glob.glob("**/target/%s-reports/TEST-*.xml" % kind, recursive=True):
            suite = xml.etree.ElementTree.parse(name).getroot()
            count = {key: int(suite.get(key, 0)) for key in ("tests", "errors", "failures", "skipped")}
            bad = count["errors"] + count["failures"]
            failed += bad
            skipped += count["skipped"]
            passed += count["tests"] - bad - count["skipped"]
    print("%d passed, %d failed, %d skipped" % (passed, failed, skipped))
    sys.exit(status or (1 if failed or not passed else 0))


main()
